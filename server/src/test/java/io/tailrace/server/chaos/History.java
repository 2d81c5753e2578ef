package io.tailrace.server.chaos;

import io.tailrace.model.Event;

import java.util.ArrayList;
import java.util.List;

/** What one reader asked for and got, in its order. Thread-safe. */
final class History {

    /**
     * A request for a stream or a page.
     *
     * @param token whose it was
     * @param nanos when it was about to be sent
     * @param after behind which position it goes on
     */
    record Request(String token, long nanos, long after) {}

    /**
     * An entry.
     *
     * @param request the number of the one that it answers
     * @param told the number of the change of channels that the reader knew to hold
     */
    record Got(int request, int told, long position, Ledger.Line line, long nanos) {

        @Override
        public String toString() {
            return "%s at %d (request %d)".formatted(line, position, request);
        }
    }

    /** What it was told is missing. */
    record Hole(int request, String channel, long from, long to, long nanos) {
        boolean covers(String name, long position) {
            return channel.equals(name) && from < position && position <= to;
        }
    }

    private final List<Request> requests = new ArrayList<>();
    private final List<Got> entries = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();
    private int knows;

    /** A request is about to be sent, for what that change of channels says. */
    synchronized void asks(String token, long after, int change, long nanos) {
        requests.add(new Request(token, nanos, after));
        knows = change;
    }

    /** That change of channels holds from here on in the stream. */
    synchronized void told(int change) {
        knows = change;
        told.add(change);
    }

    synchronized void add(long position, Ledger.Line line, long nanos) {
        entries.add(new Got(requests.size() - 1, knows, position, line, nanos));
    }

    synchronized void gap(Event.Gap gap, long nanos) {
        String from = gap.from();
        holes.add(
                new Hole(
                        requests.size() - 1,
                        gap.header().channel().name(),
                        Long.parseLong(from.substring(from.lastIndexOf('-') + 1)),
                        gap.to().position(),
                        nanos));
    }

    synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    synchronized List<Got> entries() {
        return List.copyOf(entries);
    }

    synchronized List<Hole> holes() {
        return List.copyOf(holes);
    }

    synchronized boolean wasTold(int change) {
        return told.contains(change);
    }

    /** Whether the entry came, or a gap covers it. */
    synchronized boolean accounts(long position, String channel) {
        return entries.stream().anyMatch(e -> e.position() == position)
                || holes.stream().anyMatch(h -> h.covers(channel, position));
    }
}
