package io.tailrace.demo.pipeline;

/**
 * A licence that a jar names.
 *
 * @param name a short name where the text is known, otherwise as written
 * @param source the entry that says so
 */
record Licence(String name, String source) {}
