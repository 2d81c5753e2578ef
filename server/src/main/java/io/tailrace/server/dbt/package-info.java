/**
 * Understands what {@code dbt --log-format json} prints. A line enters on the thread that reads it;
 * a log event leaves, and with it what the line tells of the run, its nodes and their results.
 */
package io.tailrace.server.dbt;
