package io.tailrace.demo.pipeline;

import java.util.List;

/**
 * A result of the aggregation.
 *
 * @param columns the headings
 * @param rows the cells, as text
 */
record Table(String title, List<String> columns, List<List<String>> rows) {}
