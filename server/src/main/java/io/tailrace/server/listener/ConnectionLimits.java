package io.tailrace.server.listener;

import java.time.Duration;

/**
 * How long connections may take, and how many there may be.
 *
 * @param most so many at once; further ones are refused
 * @param header how long the first request's header may take, counted from the connection
 * @param body how long a body may take that is read as a whole
 * @param idle how long a connection may stay without a request
 * @param buffered the most bytes of one chunk of a body, which the server reads as a whole
 */
public record ConnectionLimits(
        int most, Duration header, Duration body, Duration idle, int buffered) {}
