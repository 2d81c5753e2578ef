package io.tailrace.desktop.alerts;

import io.tailrace.desktop.state.ViewState;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunState;
import io.tailrace.model.RunStatus;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Failures and alerts so far, newest first; the newest 5,000 are kept. An entry that comes twice
 * counts once. What views see changes with {@link #batchEnded}. FX thread only.
 */
public final class AlertsModel {

    static final int MAX_ROWS = 5_000;

    private static final int MAX_ACKNOWLEDGED = 2_000;
    private static final Duration NEWS = Duration.ofMinutes(2); // older ones are history
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
    private final Snoozes snoozes = new Snoozes();
    private final Set<String> acknowledged = new LinkedHashSet<>();
    private final List<AlertRow> news = new ArrayList<>();
    private final InstantSource clock;
    private Consumer<List<AlertRow>> tell = _ -> {};
    private @Nullable Cursor seenUpTo;
    private final Instant since; // what happened before was there when the console began
    private boolean dirty;

    /**
     * No alerts yet.
     *
     * @param clock tells which of them are news and which history
     */
    public AlertsModel(InstantSource clock) {
        this.clock = clock;
        this.since = clock.instant();
    }

    /**
     * Who is told, at the end of each batch, of what has just happened and needs a look; most often
     * that is nothing.
     */
    public void onNews(Consumer<List<AlertRow>> listener) {
        tell = listener;
    }

    /** Takes what is a failure or an alert; everything else changes nothing. */
    public void apply(Entry entry) {
        switch (entry.event()) {
            case Event.Failed failed -> add(Alerts.failure(entry.cursor(), failed));
            case Event.Alert alert -> alert(entry.cursor(), alert);
            case Event.WorkflowComplete end when end.state() == RunStatus.FAILED ->
                    add(Alerts.ended(entry.cursor(), end));
            case Event.Published _, Event.Control _ -> {}
        }
    }

    /** Takes the failures of runs that a late joiner learns of only by their state. */
    public void snapshot(Event.Snapshot snapshot) {
        for (RunState run : snapshot.runs()) {
            Alerts.of(run).forEach(this::add);
        }
    }

    /** A batch is over; called once per pulse, also when nothing was received. */
    public void batchEnded() {
        if (snoozes.over(clock.instant())) {
            dirty = true;
        }
        if (dirty) {
            dirty = false;
            refresh();
        }
        List<AlertRow> fresh = List.copyOf(news);
        news.clear();
        tell.accept(fresh);
    }

    /** Wants to hear nothing of a row's workflow for a while. */
    public void snooze(AlertRow row, Duration howLong) {
        snoozes.snooze(row.workflow(), clock.instant().plus(howLong));
        dirty = true;
        batchEnded();
    }

    /** Wants to hear of a row's workflow again. */
    public void wake(AlertRow row) {
        snoozes.wake(row.workflow());
        dirty = true;
        batchEnded();
    }

    /** Until when nobody wants to hear of a row's workflow; in the past when somebody does. */
    public Instant snoozedUntil(AlertRow row) {
        return snoozes.end(row.workflow());
    }

    /** What was acknowledged and snoozed, to be kept. */
    public ViewState into(ViewState view) {
        return view.with("alerts.acknowledged", List.copyOf(acknowledged))
                .with("alerts.snoozed", snoozes.texts());
    }

    /** Goes on where an earlier start ended; before anything is applied. */
    public void restore(ViewState view) {
        acknowledged.addAll(view.list("alerts.acknowledged"));
        snoozes.restore(view.list("alerts.snoozed"));
    }

    private boolean counts(AlertRow row) {
        return row.unseen() && !snoozes.asleep(row.workflow(), clock.instant());
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
            acknowledged.add(row.cursor().toString());
            if (acknowledged.size() > MAX_ACKNOWLEDGED) {
                acknowledged.remove(acknowledged.iterator().next());
            }
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

    /** An alert about a failure that has a row already says nothing new. */
    private void alert(Cursor cursor, Event.Alert alert) {
        Cursor about = alert.about() == null ? cursor : alert.about();
        AlertRow known = byCursor.get(about);
        if (known != null && known.severity() != Severity.RETRIED) {
            return;
        }
        add(Alerts.alert(cursor, about, alert));
    }

    private void add(AlertRow row) {
        if (byCursor.containsKey(row.cursor())) {
            return;
        }
        boolean seen = seenBefore(row.cursor()) || acknowledged.contains(row.cursor().toString());
        put(seen ? row.acknowledged() : row);
        boolean fresh = row.at().isAfter(since) && clock.instant().minus(NEWS).isBefore(row.at());
        if (!seen && counts(row) && fresh) {
            news.add(row);
        }
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
        unseen.set((int) wanted.stream().filter(this::counts).count());
    }
}
