/**
 * A table of PostgreSQL to which rows are added. Rows are found by the transactions that wrote
 * them, not by their ids alone, so that one whose transaction commits late is not missed.
 * Everything runs on the source's thread.
 */
@NullMarked
package io.tailrace.server.source.postgresql;

import org.jspecify.annotations.NullMarked;
