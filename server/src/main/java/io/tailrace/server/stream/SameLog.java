package io.tailrace.server.stream;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;
import io.tailrace.wire.Seen;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Whether this log is still the one that a reader knows. An older copy that took its place and grew
 * has the same epoch and positions, but other entries there. Stateless.
 */
final class SameLog {

    private final Broker broker;
    private final Predicate<Channel> allowed;

    SameLog(Broker broker, Predicate<Channel> allowed) {
        this.broker = broker;
        this.allowed = allowed;
    }

    /**
     * Up to where both are the same.
     *
     * @param after what the reader wants to go on after
     * @param seen what it has, newest first
     * @return empty when there is no reason to doubt that they are
     */
    OptionalLong upTo(Cursor after, List<Seen> seen) {
        Cursor newest = broker.newest();
        if (seen.isEmpty() || !after.epoch().equals(newest.epoch())) {
            return OptionalLong.empty();
        }
        boolean other = after.position() > newest.position();
        for (Seen mark : seen) {
            if (allowed.test(mark.channel()) && mark.position() <= after.position()) {
                Optional<StoredEntry> here = broker.entry(mark.channel(), mark.position());
                if (here.isPresent() && same(here.get(), mark)) {
                    return other ? OptionalLong.of(mark.position()) : OptionalLong.empty();
                }
                other |= here.isPresent() || !broker.trimmed(mark.channel(), mark.position());
            }
        }
        return other ? OptionalLong.of(0) : OptionalLong.empty();
    }

    private static boolean same(StoredEntry entry, Seen mark) {
        try {
            return Seen.sum(entry.event(new EventParser())) == mark.sum();
        } catch (MalformedEventException e) {
            return true; // it cannot be told: no reason to doubt
        }
    }
}
