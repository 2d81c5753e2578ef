/**
 * The state of all runs. Entries enter from the broker's writer thread after they were stored;
 * immutable snapshots leave to any thread.
 */
package io.tailrace.server.runs;
