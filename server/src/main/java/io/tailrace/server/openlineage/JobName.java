package io.tailrace.server.openlineage;

/**
 * How OpenLineage names a job or a dataset.
 *
 * @param namespace where the name is unique
 * @param name the name
 */
record JobName(String namespace, String name) {}
