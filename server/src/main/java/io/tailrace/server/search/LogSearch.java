package io.tailrace.server.search;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.wire.EventParser;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;

/**
 * Looks through the stored log lines of some channels, newest first, until it has seen all of them
 * or reached its bounds. It says how far it looked.
 *
 * <p>Any thread; a search blocks on the store.
 */
public final class LogSearch {

    private static final int WINDOW = 2_000;
    private static final long WINDOW_BYTES = 4 << 20;

    private final EventLog log;
    private final long maxLines;
    private final Duration maxTime;

    /**
     * A search over that log.
     *
     * @param maxLines look at no more lines, each time
     * @param maxTime look no longer, each time
     */
    public LogSearch(EventLog log, long maxLines, Duration maxTime) {
        this.log = log;
        this.maxLines = maxLines;
        this.maxTime = maxTime;
    }

    /** Finds lines. */
    public LogHits find(LogQuery query) {
        Scan scan = new Scan(query, System.nanoTime() + maxTime.toNanos());
        boolean complete = true;
        int left = query.channels().size();
        for (Channel channel : query.channels()) {
            scan.maxLines = scan.scanned + Math.max(1, (maxLines - scan.scanned) / left--);
            complete &= scan(channel, query.upTo(), scan);
        }
        return new LogHits(scan.ranked(), scan.matches, scan.scanned, complete);
    }

    /** Goes back through one channel, window by window; whether it came to its beginning. */
    private boolean scan(Channel channel, long upTo, Scan scan) {
        long end = upTo;
        int lines = WINDOW;
        while (!scan.exhausted()) {
            long before = log.beforeNewest(channel, lines, end);
            List<StoredEntry> window = log.read(List.of(channel), before, end, lines, WINDOW_BYTES);
            if (window.isEmpty()) {
                return true;
            }
            if (window.size() < lines && !last(channel, window.getLast(), end)) {
                lines = Math.max(1, window.size() / 2); // long lines: fewer of them at once
                continue;
            }
            for (StoredEntry stored : window.reversed()) {
                if (scan.exhausted()) {
                    return false;
                }
                scan.look(stored, log.epoch());
            }
            end = before;
        }
        return log.beforeNewest(channel, 1, end) == end;
    }

    private boolean last(Channel channel, StoredEntry entry, long end) {
        return log.read(List.of(channel), entry.position(), end, 1, 1).isEmpty();
    }

    /** One search under way. */
    private static final class Scan {
        private static final Comparator<LogHit> BEST_FIRST =
                Comparator.comparingInt(LogHit::matched)
                        .thenComparingLong(hit -> hit.cursor().position())
                        .reversed();

        private final EventParser parser = new EventParser();
        private final LogQuery query;
        private final List<String> terms;
        private final long deadline;
        private long maxLines; // so that each channel gets its share of what is left
        private final PriorityQueue<LogHit> best = new PriorityQueue<>(BEST_FIRST.reversed());
        private long matches;
        private long scanned;

        Scan(LogQuery query, long deadline) {
            this.query = query;
            this.terms = query.terms().stream().map(t -> t.toLowerCase(Locale.ROOT)).toList();
            this.deadline = deadline;
        }

        boolean exhausted() {
            return scanned >= maxLines || (scanned % 256 == 0 && System.nanoTime() > deadline);
        }

        void look(StoredEntry stored, String epoch) {
            scanned++;
            Event.Log line = line(stored);
            if (line == null || !wanted(line)) {
                return;
            }
            int matched = matched(line);
            boolean all = matched == terms.size();
            matches += all ? 1 : 0;
            if (all || matched > 0) {
                best.add(new LogHit(new Cursor(epoch, stored.position()), line, matched));
                if (best.size() > query.limit()) {
                    best.remove();
                }
            }
        }

        List<LogHit> ranked() {
            return best.stream()
                    .filter(hit -> matches == 0 || hit.matched() == terms.size())
                    .sorted(BEST_FIRST)
                    .toList();
        }

        private boolean wanted(Event.Log line) {
            return (query.run() == null || query.run().equals(line.subject().run()))
                    && (query.task() == null || query.task().equals(line.subject().task()))
                    && (query.atLeast() == null || line.level().compareTo(query.atLeast()) >= 0);
        }

        private int matched(Event.Log line) {
            if (terms.isEmpty()) {
                return 0;
            }
            String error = line.error() == null ? "" : line.error();
            String text = (line.message() + '\n' + error).toLowerCase(Locale.ROOT);
            int matched = 0;
            for (String term : terms) {
                matched += text.contains(term) ? 1 : 0;
            }
            return matched;
        }

        private Event.@Nullable Log line(StoredEntry stored) {
            try {
                return stored.event(parser) instanceof Event.Log line ? line : null;
            } catch (MalformedEventException e) {
                return null; // looked at, but no line that could be shown
            }
        }
    }
}
