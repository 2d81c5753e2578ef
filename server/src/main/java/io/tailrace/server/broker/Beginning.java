package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.server.eventlog.ChannelInfo;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where a subscription begins.
 *
 * @param position behind which it reads
 * @param joins channels that begin later
 * @param missing what it asked for and cannot get
 * @param waiting how many entries wait for it, at most
 */
record Beginning(long position, Joins joins, List<Missing> missing, long waiting) {

    static Beginning of(Fanout fanout, Gaps gaps, Set<Channel> channels, Start start) {
        return switch (start) {
            case Start.At at -> at(fanout, channels, at.position(), List.of());
            case Start.Newest newest -> newest(fanout, channels, newest);
            case Start.After after -> after(fanout, gaps, channels, after);
            case Start.Since(Cursor cursor, long same) ->
                    at(fanout, channels, same, gaps.ofOtherLife(channels, cursor, same));
        };
    }

    private static Beginning at(
            Fanout fanout, Set<Channel> channels, long position, List<Missing> missing) {
        return new Beginning(position, new Joins(), missing, fanout.behind(channels, position));
    }

    private static Beginning newest(Fanout fanout, Set<Channel> channels, Start.Newest newest) {
        Joins joins = new Joins();
        for (Channel channel : channels) {
            long from = fanout.log().beforeNewest(channel, newest.count(), newest.upTo());
            joins.add(from, List.of(channel));
        }
        long waiting = 0;
        for (ChannelInfo info : fanout.infos(channels)) {
            waiting += Math.min(newest.count(), info.count());
        }
        long position = joins.isEmpty() ? newest.upTo() : joins.first();
        return new Beginning(position, joins, List.of(), waiting);
    }

    private static Beginning after(
            Fanout fanout, Gaps gaps, Set<Channel> channels, Start.After start) {
        Cursor cursor = start.cursor();
        long position = cursor.position();
        boolean known = cursor.epoch().equals(fanout.log().epoch());
        if (!known || position > fanout.visible()) {
            // Another life of the log, or one that has forgotten its end, perhaps long ago, because
            // an older copy took its place. Nobody knows since when it differs from what the reader
            // saw: all that it still has may be new to the reader.
            return at(fanout, channels, 0, gaps.ofOtherLife(channels, cursor, 0));
        }
        if (start.most() < fanout.visible() - position) {
            return bounded(fanout, gaps, channels, start);
        }
        // What was trimmed a moment ago may still be in memory: then nothing is missing.
        return at(
                fanout,
                channels,
                position,
                fanout.recentlyPast(position)
                        ? List.of()
                        : gaps.trimmedBeyond(channels, position, new Joins()));
    }

    /** Only the newest entries of each channel; what is left out is told. */
    private static Beginning bounded(
            Fanout fanout, Gaps gaps, Set<Channel> channels, Start.After start) {
        long position = start.cursor().position();
        long upTo = fanout.visible();
        Joins joins = new Joins();
        List<Missing> missing = new ArrayList<>();
        for (Channel channel : channels) {
            long from = fanout.log().beforeNewest(channel, start.most(), upTo);
            boolean skips =
                    from > position
                            && !fanout.log().read(List.of(channel), position, from, 1, 1).isEmpty();
            joins.add(skips ? from : position, List.of(channel));
            if (skips) {
                missing.add(new Missing(channel, start.cursor(), fanout.cursor(from), "skipped"));
            }
        }
        missing.addAll(gaps.trimmedBeyond(channels, position, joins));
        long first = joins.isEmpty() ? position : joins.first();
        return new Beginning(first, joins, missing, fanout.behind(channels, first));
    }
}
