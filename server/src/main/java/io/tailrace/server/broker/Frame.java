package io.tailrace.server.broker;

import io.tailrace.model.Channel;

/**
 * An entry ready to be sent.
 *
 * @param channel where it is
 * @param position its place in the log
 * @param received when the gateway got it, milliseconds since 1970
 * @param bytes the server-sent event; shared, must not change
 */
public record Frame(Channel channel, long position, long received, byte[] bytes) {}
