package io.tailrace.desktop.connection;

import io.tailrace.client.RootConnectionSettings;
import io.tailrace.desktop.state.EventCache;
import io.tailrace.model.ChannelPattern;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How a connection goes on behind what was kept. */
final class Resume {

    private static final String SESSION = "session:";

    private Resume() {}

    /**
     * The same wishes, but beginning behind the cache and with the channels that it holds: a change
     * to others comes afterwards, because only a change can say where new channels begin.
     */
    static RootConnectionSettings settings(RootConnectionSettings wanted, EventCache cache) {
        List<ChannelPattern> kept = new ArrayList<>();
        try {
            cache.channels().stream()
                    .filter(pattern -> !pattern.startsWith(SESSION))
                    .map(ChannelPattern::parse)
                    .forEach(kept::add);
        } catch (IllegalArgumentException e) {
            kept.clear(); // of another version: what is wanted now counts
        }
        List<ChannelPattern> channels = kept.isEmpty() ? wanted.channels() : kept;
        if (!kept.isEmpty()) {
            wanted.channels().stream()
                    .filter(pattern -> pattern.toString().startsWith(SESSION))
                    .forEach(kept::add);
        }
        return wanted.withChannels(channels).withAfter(cache.place(), cache.seen());
    }

    /** Whether both carry the same, but for the channel of a session. */
    static boolean same(List<ChannelPattern> some, List<ChannelPattern> others) {
        return names(some).equals(names(others));
    }

    private static Set<String> names(List<ChannelPattern> patterns) {
        return patterns.stream()
                .map(ChannelPattern::toString)
                .filter(name -> !name.startsWith(SESSION))
                .collect(Collectors.toSet());
    }
}
