package io.tailrace.desktop.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;

import java.util.ArrayList;
import java.util.List;

/**
 * What one reader received, in its order; checked against what the publishers know. Thread-safe.
 */
final class History {

    private final List<String> lines = new ArrayList<>();
    private final List<Cursor> cursors = new ArrayList<>();

    synchronized void add(Entry entry) {
        lines.add(entry.event() instanceof Event.Log log ? log.message() : entry.event().kind());
        cursors.add(entry.cursor());
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized int size() {
        return lines.size();
    }

    synchronized Cursor last() {
        return cursors.getLast();
    }

    synchronized boolean reached(Cursor cursor) {
        return !cursors.isEmpty() && cursors.getLast().position() >= cursor.position();
    }

    synchronized boolean positionsGrow() {
        for (int i = 1; i < cursors.size(); i++) {
            if (cursors.get(i).position() <= cursors.get(i - 1).position()
                    || !cursors.get(i).epoch().equals(cursors.get(0).epoch())) {
                return false;
            }
        }
        return true;
    }

    /**
     * Every acknowledged line stands here once, in its publisher's order, and no other line does.
     */
    synchronized void holdsExactlyOnceInOrder(List<NumberedPublisher> publishers) {
        for (NumberedPublisher publisher : publishers) {
            String prefix = publisher.name() + " ";
            List<String> held = lines.stream().filter(l -> l.startsWith(prefix)).toList();
            List<String> published = new ArrayList<>();
            for (long i = 0; i < publisher.acknowledged(); i++) {
                published.add(prefix + i);
            }
            assertThat(held)
                    .as("the log's lines of publisher %s", publisher.name())
                    .isEqualTo(published);
        }
        long all = publishers.stream().mapToLong(NumberedPublisher::acknowledged).sum();
        assertThat((long) lines.size()).as("lines in all").isEqualTo(all);
    }
}
