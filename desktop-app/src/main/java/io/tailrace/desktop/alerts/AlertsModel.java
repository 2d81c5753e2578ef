package io.tailrace.desktop.alerts;

import io.tailrace.model.AttemptState;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Failures and alerts so far, newest first; the newest 5,000 are kept. An entry that comes twice
 * counts once. What views see changes with {@link #batchEnded}. FX thread only.
 */
public final class AlertsModel {

    static final int MAX_ROWS = 5_000;

    private static final int MAX_SENTENCE = 1_000;
    private static final Comparator<AlertRow> NEWEST_FIRST =
            Comparator.comparing(AlertRow::at)
                    .thenComparingLong(row -> row.cursor().position())
                    .thenComparing(row -> row.cursor().epoch())
                    .reversed();

    private final ObservableList<AlertRow> rows = FXCollections.observableArrayList();
    private final ObservableList<AlertRow> rowsView =
            FXCollections.unmodifiableObservableList(rows);
    private final ReadOnlyIntegerWrapper unseen = new ReadOnlyIntegerWrapper();
    private final NavigableMap<AlertRow, AlertRow> sorted = new TreeMap<>(NEWEST_FIRST);
    private final Map<Cursor, AlertRow> byCursor = new HashMap<>();
    private @Nullable Cursor seenUpTo;
    private boolean dirty;

    /** Takes what is a failure or an alert; everything else changes nothing. */
    public void apply(Entry entry) {
        switch (entry.event()) {
            case Event.Failed failed -> add(failure(entry.cursor(), failed));
            case Event.Alert alert -> alert(entry.cursor(), alert);
            case Event.WorkflowComplete end when end.state() == RunStatus.FAILED ->
                    add(ended(entry.cursor(), end));
            case Event.Published _, Event.Control _ -> {}
        }
    }

    /** Takes the failures of runs that a late joiner learns of only by their state. */
    public void snapshot(Event.Snapshot snapshot) {
        for (RunState run : snapshot.runs()) {
            for (TaskState task : run.tasks()) {
                for (AttemptState attempt : task.attempts()) {
                    failure(run.key(), task, attempt);
                }
            }
            Cursor end = run.endedBy();
            if (run.status() == RunStatus.FAILED && end != null && run.endedAt() != null) {
                add(
                        new AlertRow(
                                end,
                                run.errorBy() == null ? end : run.errorBy(),
                                run.endedAt(),
                                run.key(),
                                null,
                                Severity.FAILURE,
                                runSentence(run.error()),
                                false));
            }
        }
    }

    /** A batch is over; called once per pulse, also when nothing was received. */
    public void batchEnded() {
        if (dirty) {
            dirty = false;
            refresh();
        }
    }

    /** The rows, newest first. */
    public ObservableList<AlertRow> rows() {
        return rowsView;
    }

    /** How many rows nobody acknowledged; retried attempts do not count. */
    public ReadOnlyIntegerProperty unseen() {
        return unseen.getReadOnlyProperty();
    }

    /** Acknowledges one row. */
    public void acknowledge(AlertRow row) {
        AlertRow known = byCursor.get(row.cursor());
        if (known != null && !known.seen()) {
            put(known.acknowledged());
            batchEnded();
        }
    }

    /** Acknowledges everything there is. */
    public void markAllSeen() {
        for (AlertRow row : List.copyOf(sorted.keySet())) {
            put(row.acknowledged());
            Cursor newest = seenUpTo;
            boolean newer =
                    newest == null
                            || !newest.epoch().equals(row.cursor().epoch())
                            || newest.position() < row.cursor().position();
            seenUpTo = newer ? row.cursor() : newest;
        }
        batchEnded();
    }

    /**
     * Everything up to this entry counts as acknowledged, also what is still to come; for what was
     * seen before the console was started again.
     */
    public void markSeenUpTo(Cursor cursor) {
        seenUpTo = cursor;
        for (AlertRow row : List.copyOf(sorted.keySet())) {
            if (seenBefore(row.cursor())) {
                put(row.acknowledged());
            }
        }
        batchEnded();
    }

    /** Up to where {@link #markAllSeen} was told; null when it never was. To be kept. */
    public @Nullable Cursor seenUpTo() {
        return seenUpTo;
    }

    private static AlertRow failure(Cursor cursor, Event.Failed failed) {
        return new AlertRow(
                cursor,
                cursor,
                failed.timestamp(),
                failed.subject().runKey(),
                failed.subject().task(),
                failed.willRetry() ? Severity.RETRIED : Severity.FAILURE,
                cut(failed.error()),
                false);
    }

    private void failure(RunKey run, TaskState task, AttemptState attempt) {
        Cursor cursor = attempt.endedBy();
        if (cursor == null || attempt.error() == null || attempt.endedAt() == null) {
            return;
        }
        boolean last =
                attempt.equals(task.attempts().getLast()) && task.status() == TaskStatus.FAILED;
        add(
                new AlertRow(
                        cursor,
                        cursor,
                        attempt.endedAt(),
                        run,
                        task.name(),
                        last ? Severity.FAILURE : Severity.RETRIED,
                        cut(attempt.error()),
                        false));
    }

    private static AlertRow ended(Cursor cursor, Event.WorkflowComplete end) {
        return new AlertRow(
                cursor,
                cursor,
                end.timestamp(),
                end.subject().runKey(),
                null,
                Severity.FAILURE,
                runSentence(end.error()),
                false);
    }

    /** An alert about a failure that has a row already says nothing new. */
    private void alert(Cursor cursor, Event.Alert alert) {
        Cursor about = alert.about() == null ? cursor : alert.about();
        AlertRow known = byCursor.get(about);
        if (known != null && known.severity() != Severity.RETRIED) {
            return;
        }
        add(
                new AlertRow(
                        cursor,
                        about,
                        alert.timestamp(),
                        alert.subject().runKey(),
                        alert.subject().task(),
                        Severity.of(alert.level()),
                        cut(alert.message()),
                        false));
    }

    private void add(AlertRow row) {
        if (byCursor.containsKey(row.cursor())) {
            return;
        }
        put(seenBefore(row.cursor()) ? row.acknowledged() : row);
        if (sorted.size() > MAX_ROWS) {
            AlertRow oldest = sorted.lastKey();
            sorted.remove(oldest);
            byCursor.remove(oldest.cursor());
        }
    }

    private void put(AlertRow row) {
        AlertRow before = byCursor.put(row.cursor(), row);
        if (before != null) {
            sorted.remove(before);
        }
        sorted.put(row, row);
        dirty = true;
    }

    private boolean seenBefore(Cursor cursor) {
        return seenUpTo != null
                && seenUpTo.epoch().equals(cursor.epoch())
                && cursor.position() <= seenUpTo.position();
    }

    /** Few new rows are put in where they belong, so that views keep their place. */
    private void refresh() {
        List<AlertRow> wanted = new ArrayList<>(sorted.keySet());
        int added = wanted.size() - rows.size();
        boolean onTop =
                added >= 0
                        && added <= 100
                        && wanted.subList(added, wanted.size()).equals(List.copyOf(rows));
        if (onTop) {
            rows.addAll(0, wanted.subList(0, added));
        } else {
            rows.setAll(wanted);
        }
        unseen.set((int) wanted.stream().filter(AlertRow::unseen).count());
    }

    private static String runSentence(@Nullable String error) {
        return error == null || error.isBlank()
                ? "The run failed."
                : cut("The run failed: " + error);
    }

    private static String cut(String text) {
        String line = text.strip();
        return line.length() <= MAX_SENTENCE ? line : line.substring(0, MAX_SENTENCE) + "…";
    }
}
