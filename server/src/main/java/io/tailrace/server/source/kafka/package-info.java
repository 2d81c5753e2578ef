/**
 * Topics of Kafka: partitions are assigned by hand and read from where the gateway's own log says,
 * so that each message is stored once. Everything runs on the source's thread.
 */
@NullMarked
package io.tailrace.server.source.kafka;

import org.jspecify.annotations.NullMarked;
