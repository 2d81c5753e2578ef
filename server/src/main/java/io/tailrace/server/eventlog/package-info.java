/**
 * The durable store of entries. Encoded events enter from the broker's one writer thread; ordered
 * entries leave to any thread.
 */
package io.tailrace.server.eventlog;
