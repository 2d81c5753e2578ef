package io.tailrace.server.broker;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.server.eventlog.ChannelInfo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one reader was told that it misses: nothing is told twice. Of the reading thread. */
final class Gaps {

    private final Fanout fanout;
    // Small: most readers miss nothing.
    private final Map<Channel, Long> told = new HashMap<>();

    Gaps(Fanout fanout) {
        this.fanout = fanout;
    }

    /** A reader that comes with a cursor of another life misses whatever was before that. */
    List<Missing> ofOtherLife(Collection<Channel> channels, Cursor cursor, long least) {
        return fanout.infos(channels).stream()
                .sorted((a, b) -> a.channel().compareTo(b.channel()))
                .map(info -> {
                    long to = Math.max(least, info.trimmedTo());
                    told.put(info.channel(), to);
                    return new Missing(info.channel(), cursor, fanout.cursor(to), "epoch");
                })
                .toList();
    }

    /** What was removed behind that position and not told yet. */
    List<Missing> trimmedBeyond(Collection<Channel> channels, long after) {
        List<Missing> missing = new ArrayList<>();
        for (ChannelInfo info : fanout.infos(channels)) {
            long to = info.trimmedTo();
            if (to > after && to > told.getOrDefault(info.channel(), 0L)) {
                told.put(info.channel(), to);
                missing.add(
                        new Missing(
                                info.channel(),
                                fanout.cursor(after),
                                fanout.cursor(to),
                                "retention"));
            }
        }
        return missing;
    }
}
