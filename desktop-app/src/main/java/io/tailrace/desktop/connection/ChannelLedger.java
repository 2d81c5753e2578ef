package io.tailrace.desktop.connection;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of each channel, and what is missing of it. FX thread only. */
public final class ChannelLedger {

    private static final int MAX_CHANNELS = 100_000;
    private static final int MAX_GAPS = 500;

    private final Map<Channel, Tally> tallies = new HashMap<>();
    private final List<Missing> missing = new ArrayList<>();

    private static final class Tally {
        private long received;
        private long conflated;
        private @Nullable Cursor newest;
    }

    /**
     * One channel.
     *
     * @param received how many entries this console has had of it, kept ones included
     * @param conflated how many older values the gateway left out because this reader was behind
     * @param newest the newest entry; null when none is known in this life of the log
     */
    public record Line(Channel channel, long received, long conflated, @Nullable Cursor newest) {}

    /**
     * Entries that are missing: all after {@code from} up to {@code to}.
     *
     * @param from the cursor as it was sent; of another life of the log it says nothing any more
     * @param reason {@code retention}: no longer kept; {@code skipped}: kept, and left out so that
     *     the newest come first; {@code limit}: the stream carries no more channels; {@code epoch}:
     *     the log is another one, or within one epoch an older copy of it was restored
     * @param at when that was told
     */
    public record Missing(Channel channel, String from, Cursor to, String reason, Instant at) {

        /** How many entries of all channels lie in it; empty across two lives of the log. */
        public Optional<Long> span() {
            return cursor().map(start -> to.position() - start.position());
        }

        /** Where it begins, when the gateway still knows such a place. */
        public Optional<Cursor> cursor() {
            try {
                Cursor start = Cursor.parse(from);
                return start.epoch().equals(to.epoch()) ? Optional.of(start) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    void entry(Entry entry) {
        Tally tally = tally(entry.event().channel());
        if (tally != null) {
            tally.received++;
            tally.newest = later(tally.newest, entry.cursor());
        }
    }

    /** What is fetched later lies before what came already. */
    private static Cursor later(@Nullable Cursor known, Cursor here) {
        return known != null
                        && known.epoch().equals(here.epoch())
                        && known.position() > here.position()
                ? known
                : here;
    }

    /** Answers whether that is news. */
    boolean gap(Event.Gap gap, Instant at) {
        Tally tally = tallies.get(gap.channel());
        if (gap.reason().equals("epoch") && tally != null) {
            tally.newest = null; // positions begin again
        }
        Missing one = new Missing(gap.channel(), gap.from(), gap.to(), gap.reason(), at);
        boolean news = missing.size() < MAX_GAPS && !missing.contains(one);
        if (news) {
            missing.add(one);
        }
        return news;
    }

    void conflated(Event.Conflated notice) {
        Tally tally = tally(notice.channel());
        if (tally != null) {
            tally.conflated += notice.entries();
        }
    }

    private @Nullable Tally tally(Channel channel) {
        Tally known = tallies.get(channel);
        if (known == null && tallies.size() < MAX_CHANNELS) {
            known = new Tally();
            tallies.put(channel, known);
        }
        return known;
    }

    /**
     * A gap was filled.
     *
     * @param upTo up to there; null when that is as far as the gateway could
     */
    public void filled(Missing gap, @Nullable Cursor upTo) {
        int at = missing.indexOf(gap);
        if (at < 0) {
            return;
        }
        if (upTo == null) {
            missing.remove(at);
        } else {
            String from = upTo.toString();
            missing.set(at, new Missing(gap.channel(), from, gap.to(), gap.reason(), gap.at()));
        }
    }

    /** How many channels there are. */
    public int size() {
        return tallies.size();
    }

    /** What came of each channel, in the order of their names. */
    public List<Line> lines() {
        List<Line> lines = new ArrayList<>(tallies.size());
        tallies.forEach((channel, tally) ->
                lines.add(new Line(channel, tally.received, tally.conflated, tally.newest)));
        lines.sort(Comparator.comparing(Line::channel));
        return lines;
    }

    /** What is missing, in the order in which it was told. */
    public List<Missing> missing() {
        return Collections.unmodifiableList(missing);
    }

    /** How many values were left out in all. */
    public long conflated() {
        return tallies.values().stream().mapToLong(tally -> tally.conflated).sum();
    }
}
