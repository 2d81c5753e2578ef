package io.tailrace.server.eventlog;

import java.time.Duration;

/**
 * How much of each channel is kept; the tightest bound decides.
 *
 * @param age entries older than this may go
 * @param bytes the most bytes of JSON per channel
 * @param count the most entries per channel
 */
public record Retention(Duration age, long bytes, long count) {}
