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
            case Start.Since since -> since(fanout, gaps, channels, since);
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
            return since(fanout, gaps, channels, new Start.Since(cursor, 0, start.most()));
        }
        if (start.most() < fanout.visible() - position) {
            return bounded(fanout, gaps, channels, position, start.most(), List.of());
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

    private static Beginning since(
            Fanout fanout, Gaps gaps, Set<Channel> channels, Start.Since start) {
        long same = start.same();
        List<Missing> missing = gaps.ofOtherLife(channels, start.cursor(), same);
        return start.most() < fanout.visible() - same
                ? bounded(fanout, gaps, channels, same, start.most(), missing)
                : at(fanout, channels, same, missing);
    }

    /** Only the newest entries of each channel; what is left out is told, after what is known. */
    private static Beginning bounded(
            Fanout fanout,
            Gaps gaps,
            Set<Channel> channels,
            long position,
            long most,
            List<Missing> known) {
        long upTo = fanout.visible();
        Cursor after = fanout.cursor(position);
        Joins joins = new Joins();
        List<Missing> missing = new ArrayList<>(known);
        for (Channel channel : channels) {
            long from = fanout.log().beforeNewest(channel, most, upTo);
            boolean skips =
                    from > position
                            && !fanout.log().read(List.of(channel), position, from, 1, 1).isEmpty();
            joins.add(skips ? from : position, List.of(channel));
            if (skips) {
                missing.add(new Missing(channel, after, fanout.cursor(from), "skipped"));
            }
        }
        missing.addAll(gaps.trimmedBeyond(channels, position, joins));
        long first = joins.isEmpty() ? position : joins.first();
        return new Beginning(first, joins, missing, fanout.behind(channels, first));
    }
}
