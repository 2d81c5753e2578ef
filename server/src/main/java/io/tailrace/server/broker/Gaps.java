package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.server.eventlog.ChannelInfo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one reader was told that it misses: nothing is told twice. Of the reading thread. */
final class Gaps {

    private final Fanout fanout;
    // Small: most readers miss nothing.
    private final Map<Channel, Long> told = new HashMap<>(0);
    private final Set<Channel> outside = new HashSet<>(0);

    Gaps(Fanout fanout) {
        this.fanout = fanout;
    }

    /**
     * A reader that comes with a cursor of another life misses whatever was behind what is the
     * same.
     */
    List<Missing> ofOtherLife(Collection<Channel> channels, Cursor cursor, long same) {
        return fanout.infos(channels).stream()
                .sorted((a, b) -> a.channel().compareTo(b.channel()))
                .map(info -> {
                    long to = Math.max(same, info.trimmedTo());
                    told.put(info.channel(), to);
                    return new Missing(info.channel(), cursor, fanout.cursor(to), "epoch");
                })
                .toList();
    }

    /** What was removed behind that position, or where its channel begins, and not told yet. */
    List<Missing> trimmedBeyond(Collection<Channel> channels, long after, Joins joins) {
        List<Missing> missing = new ArrayList<>();
        for (ChannelInfo info : fanout.infos(channels)) {
            long to = info.trimmedTo();
            long from = joins.begin(info.channel(), after);
            if (to > from && to > told.getOrDefault(info.channel(), 0L)) {
                told.put(info.channel(), to);
                missing.add(
                        new Missing(
                                info.channel(),
                                fanout.cursor(from),
                                fanout.cursor(to),
                                "retention"));
            }
        }
        return missing;
    }

    /** Channels that a reader at that position is not given, as far as it was not told yet. */
    List<Missing> outside(Collection<Channel> channels, long position) {
        Cursor from = fanout.cursor(position);
        Cursor to = fanout.cursor(Math.max(position, fanout.visible()));
        return channels.stream()
                .filter(outside::add)
                .map(channel -> new Missing(channel, from, to, "limit"))
                .toList();
    }
}
