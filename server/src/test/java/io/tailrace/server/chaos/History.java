package io.tailrace.server.chaos;

import io.tailrace.model.Event;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** What one reader got, in its order, and what it was told is missing. Thread-safe. */
final class History {

    private record Got(long position, Ledger.Line line, long nanos) {}

    private record Hole(String channel, long from, long to) {
        boolean covers(String name, long position) {
            return channel.equals(name) && from < position && position <= to;
        }
    }

    private final List<Got> entries = new ArrayList<>();
    private final List<Hole> holes = new ArrayList<>();

    synchronized void add(long position, Ledger.Line line, long nanos) {
        entries.add(new Got(position, line, nanos));
    }

    synchronized void gap(Event.Gap gap) {
        String from = gap.from();
        holes.add(
                new Hole(
                        gap.header().channel().name(),
                        Long.parseLong(from.substring(from.lastIndexOf('-') + 1)),
                        gap.to().position()));
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized int gaps() {
        return holes.size();
    }

    /** Whether the entry came, or a gap covers it. */
    synchronized boolean accounts(long position, String channel) {
        return entries.stream().anyMatch(e -> e.position() == position)
                || holes.stream().anyMatch(h -> h.covers(channel, position));
    }

    /**
     * What is wrong with it, one sentence each; empty when all promises were kept.
     *
     * @param wanted channels whose entries must all be here
     * @param trimmed up to where the log holds no entries of a channel any more
     * @param granted whether an entry of that channel might arrive at that time (nanoseconds)
     */
    synchronized List<String> faults(
            Ledger ledger,
            Predicate<String> wanted,
            Map<String, Long> trimmed,
            BiPredicate<String, Long> granted) {
        List<String> faults = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        long before = 0;
        for (Got got : entries) {
            if (!seen.add(got.position())) {
                faults.add("%s came twice.".formatted(got));
            } else if (got.position() < before) {
                faults.add("%s came after position %d.".formatted(got, before));
            }
            before = got.position();
            if (!got.line().equals(ledger.lines().get(got.position()))) {
                faults.add(
                        "%s came, where the publisher knows %s."
                                .formatted(got, ledger.lines().get(got.position())));
            }
            if (!granted.test(got.line().channel(), got.nanos())) {
                faults.add("%s came without a grant.".formatted(got));
            }
        }
        ledger.lines()
                .forEach((position, line) -> {
                    boolean told = holes.stream().anyMatch(h -> h.covers(line.channel(), position));
                    if (wanted.test(line.channel()) && !seen.contains(position) && !told) {
                        faults.add("%s at %d did not come.".formatted(line, position));
                    }
                });
        for (Hole hole : holes) {
            if (hole.to() > trimmed.getOrDefault(hole.channel(), 0L)) {
                faults.add("%s was told, but the log is not trimmed that far.".formatted(hole));
            }
        }
        return faults;
    }
}
