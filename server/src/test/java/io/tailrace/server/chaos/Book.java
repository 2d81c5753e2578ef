package io.tailrace.server.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which channels somebody could have when, as whoever changes that knows it: a change holds for
 * certain once it was answered, and may hold since it was asked for. Thread-safe.
 */
final class Book {

    /** Always: before the first entry. */
    static final long EVER = Long.MIN_VALUE;

    private static final long NEVER = Long.MAX_VALUE;

    /**
     * One change; times by {@link System#nanoTime}.
     *
     * @param channels all that there are from now on
     * @param after behind which position new ones begin; {@link Long#MAX_VALUE}: now
     */
    record Change(long asked, long answered, Set<String> channels, long after) {}

    private final List<Change> changes = new ArrayList<>();

    /** These, until something changes. */
    Book(Set<String> first) {
        changes.add(new Change(EVER, EVER, Set.copyOf(first), 0));
    }

    /** A change is asked for. */
    synchronized void ask(Set<String> channels, long after, long nanos) {
        changes.addLast(new Change(nanos, NEVER, Set.copyOf(channels), after));
    }

    /** It was answered. */
    synchronized void answered(long nanos) {
        Change last = changes.removeLast();
        changes.add(new Change(last.asked(), nanos, last.channels(), last.after()));
    }

    /** The number of the newest change. */
    synchronized int newest() {
        return changes.size() - 1;
    }

    synchronized Change change(int number) {
        return changes.get(number);
    }

    /** Whether it never was without that channel. */
    synchronized boolean always(String channel) {
        return changes.stream().allMatch(change -> change.channels().contains(channel));
    }

    /** The change since which it has the channel, and still has; empty when it has not. */
    synchronized OptionalInt with(String channel) {
        int number = changes.size();
        while (number > 0 && changes.get(number - 1).channels().contains(channel)) {
            number--;
        }
        return number == changes.size() ? OptionalInt.empty() : OptionalInt.of(number);
    }

    /**
     * Since when it has certainly been without the channel at that time; {@link Long#MAX_VALUE}
     * when that is not certain.
     */
    synchronized long withoutSince(String channel, long nanos) {
        long since = NEVER;
        for (Change change : changes) {
            if (change.asked() > nanos) {
                break;
            }
            if (change.channels().contains(channel)) {
                since = NEVER;
            } else if (since == NEVER && change.answered() <= nanos) {
                since = change.answered();
            }
        }
        return since;
    }

    /** Whether a change after that one, asked for until then, has the channel. */
    synchronized boolean later(int number, String channel, long nanos) {
        return changes.stream()
                .skip(number + 1L)
                .anyMatch(c -> c.asked() <= nanos && c.channels().contains(channel));
    }
}
