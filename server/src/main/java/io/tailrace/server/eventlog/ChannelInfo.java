package io.tailrace.server.eventlog;

import io.tailrace.model.Channel;

/**
 * What the log holds of one channel.
 *
 * @param channel which
 * @param trimmedTo every entry up to this position is no longer kept; 0 when all are
 * @param newest the position of its newest entry ever
 * @param count how many entries are kept
 * @param bytes how many bytes of JSON are kept
 */
public record ChannelInfo(Channel channel, long trimmedTo, long newest, long count, long bytes) {}
