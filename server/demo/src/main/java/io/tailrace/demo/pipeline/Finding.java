package io.tailrace.demo.pipeline;

import org.slf4j.event.Level;

/**
 * Something odd about a jar.
 *
 * @param level ERROR for defects, WARN for what may bite, INFO for what is worth knowing
 * @param rule a short name, the same for all findings of the kind
 */
record Finding(Jar jar, Level level, String rule, String text) {}
