package io.tailrace.wire;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

/**
 * What a gateway keeps of a channel.
 *
 * @param events how many entries
 * @param bytes how many bytes they take
 * @param newest the newest of them; null when there is none
 */
public record KeptChannel(Channel channel, long events, long bytes, @Nullable Cursor newest) {}
