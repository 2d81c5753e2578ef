/**
 * A real ETL pipeline over the jars of a Maven repository: a small engine, one class per step. It
 * publishes the way any pipeline would: Tailrace's publisher, scopes and Logback appender.
 */
@NullMarked
package io.tailrace.demo.pipeline;

import org.jspecify.annotations.NullMarked;
