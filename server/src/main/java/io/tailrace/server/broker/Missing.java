package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;

/**
 * Entries of a channel that a reader wanted and that are no longer kept.
 *
 * @param channel whose entries
 * @param from the reader's cursor: all after it ...
 * @param to ... up to here are missing
 * @param reason {@code retention} or {@code epoch}
 */
public record Missing(Channel channel, Cursor from, Cursor to, String reason) {}
