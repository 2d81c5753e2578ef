package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;

/**
 * Entries of a channel that a reader wanted and does not get.
 *
 * @param channel whose entries
 * @param from the reader's cursor: all after it ...
 * @param to ... up to here are missing
 * @param reason {@code retention}, {@code epoch}, {@code skipped}: the reader wanted only so many
 *     of the newest, or {@code limit}: the reader has as many channels as it may have, and gets
 *     nothing of this one, later neither
 */
public record Missing(Channel channel, Cursor from, Cursor to, String reason) {}
