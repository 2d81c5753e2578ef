package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;

import java.util.List;
import java.util.Set;

/**
 * Where a subscription begins.
 *
 * @param position behind which it reads
 * @param joins channels that begin later
 * @param missing what it asked for and cannot get
 */
record Beginning(long position, Joins joins, List<Missing> missing) {

    static Beginning of(Fanout fanout, Gaps gaps, Set<Channel> channels, Start start) {
        return switch (start) {
            case Start.At at -> at(at.position(), List.of());
            case Start.Newest newest -> newest(fanout, channels, newest);
            case Start.After after -> after(fanout, gaps, channels, after.cursor());
        };
    }

    private static Beginning at(long position, List<Missing> missing) {
        return new Beginning(position, new Joins(), missing);
    }

    private static Beginning newest(Fanout fanout, Set<Channel> channels, Start.Newest newest) {
        Joins joins = new Joins();
        for (Channel channel : channels) {
            long from = fanout.log().beforeNewest(channel, newest.count(), newest.upTo());
            joins.add(from, List.of(channel));
        }
        return new Beginning(joins.isEmpty() ? newest.upTo() : joins.next(), joins, List.of());
    }

    private static Beginning after(Fanout fanout, Gaps gaps, Set<Channel> channels, Cursor cursor) {
        long newest = fanout.visible();
        long position = cursor.position();
        if (!cursor.epoch().equals(fanout.log().epoch())) {
            // Another life of the log: all that this life still has is new to the reader.
            return at(0, gaps.ofOtherLife(channels, cursor, 0));
        }
        if (position > newest) {
            // This life has forgotten what the reader saw: it goes on from here, and is told.
            return at(newest, gaps.ofOtherLife(channels, cursor, newest));
        }
        // What was trimmed a moment ago may still be in memory: then nothing is missing.
        return at(
                position,
                fanout.recentlyPast(position) ? List.of() : gaps.trimmedBeyond(channels, position));
    }
}
