package io.tailrace.desktop.metrics;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.state.ViewState;
import io.tailrace.model.AttemptState;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;
import io.tailrace.model.TaskStatus;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measured values: those that publishers send, those that are worked out of a run's reports, and
 * the console's own. What views see changes with {@link #batchEnded}, ten times a second at most.
 * FX thread only.
 */
public final class MetricsModel {

    /** How much time is shown. */
    public static final Duration SPAN = Duration.ofMinutes(10);

    static final int MAX_SERIES = 500;
    static final int MAX_TILES = 60;

    private static final Duration REFRESH = Duration.ofMillis(100);
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final InstantSource clock;
    private final Map<SeriesKey, Measured> published = new HashMap<>();
    private final RowRates rates = new RowRates();
    private final Series eventRate = new Series();
    private final Series lag = new Series();
    private final ObjectProperty<@Nullable RunState> run = new SimpleObjectProperty<>();
    private final ObservableList<MetricTile> tiles = FXCollections.observableArrayList();
    private final ObservableList<MetricTile> tilesView =
            FXCollections.unmodifiableObservableList(tiles);
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final Pins pins = new Pins();
    private long refused;
    private long received; // in the second that is not over
    private long receivedIn;
    private Instant refreshedAt = Instant.MIN;
    private boolean dirty = true;

    private record Measured(Series series, @Nullable String unit) {}

    /**
     * No values yet.
     *
     * @param clock tells which values are of now
     */
    public MetricsModel(InstantSource clock) {
        this.clock = clock;
        this.receivedIn = clock.instant().getEpochSecond();
        run.subscribe(_ -> {
            dirty = true;
        });
    }

    /** Takes metrics and reports of rows; everything else changes nothing. */
    public void apply(Entry entry) {
        if (entry.event() instanceof Event.Metric metric) {
            measure(metric);
        } else if (rates.apply(entry)) {
            dirty = true;
        }
    }

    /**
     * Takes the console's own figures; called once per batch.
     *
     * @param events how many events the batch had
     * @param oldest how long the latest of them was on its way; zero events have none
     */
    public void console(long events, Duration oldest) {
        if (events > 0) {
            received += events;
            lag.set(clock.instant(), Math.max(0, oldest.toNanos() / 1e9));
        }
    }

    /** A batch is over; called once per pulse, also when nothing was received. */
    public void batchEnded() {
        Instant now = clock.instant();
        countReceived(now.getEpochSecond());
        if (dirty && Duration.between(refreshedAt, now).compareTo(REFRESH) >= 0) {
            refreshedAt = now;
            dirty = false;
            refresh(now);
        }
    }

    /** The run that is shown; null for what belongs to no run. To be set or bound. */
    public ObjectProperty<@Nullable RunState> run() {
        return run;
    }

    /** What the measures are called that are shown, to be looked for. */
    public List<String> titles() {
        return tiles.stream().map(MetricTile::title).toList();
    }

    /** The tiles to show. */
    ObservableList<MetricTile> tiles() {
        return tilesView;
    }

    /** Puts a measure in front, or back among the others. */
    void togglePin(String title) {
        pins.toggle(title);
        refresh(clock.instant());
    }

    /** Brings a pinned measure nearer to the front, or farther from it. */
    void movePin(String title, int by) {
        pins.move(title, by);
        refresh(clock.instant());
    }

    /** What is pinned, to be kept. */
    public ViewState into(ViewState view) {
        return view.with("metrics.pinned", pins.titles());
    }

    /** Pins what was pinned before. */
    public void restore(ViewState view) {
        pins.restore(view.list("metrics.pinned"));
    }

    /** What is not shown and why; empty when everything is. */
    public ReadOnlyStringProperty note() {
        return note.getReadOnlyProperty();
    }

    private void measure(Event.Metric metric) {
        SeriesKey key = SeriesKey.of(metric);
        Measured known = published.get(key);
        if (known == null) {
            if (published.size() >= MAX_SERIES && !forgetStale()) {
                refused++;
                dirty = true;
                return;
            }
            known = new Measured(new Series(), metric.unit());
            published.put(key, known);
        }
        known.series().set(metric.timestamp(), metric.value());
        dirty = true;
    }

    /** Makes room when there are measures that nobody has sent for long. */
    private boolean forgetStale() {
        Instant limit = clock.instant().minus(SPAN);
        return published
                .values()
                .removeIf(measured ->
                        measured.series().size() == 0
                                || measured.series().newest().isBefore(limit));
    }

    /** Zero events in a second are a value, too. */
    private void countReceived(long second) {
        if (second <= receivedIn) {
            return;
        }
        eventRate.add(receivedIn, (double) received);
        for (long quiet = Math.max(receivedIn, second - Series.CAPACITY) + 1;
                quiet < second;
                quiet++) {
            eventRate.add(quiet, 0);
        }
        received = 0;
        receivedIn = second;
        dirty = true;
    }

    private void refresh(Instant now) {
        RunState shown = run.get();
        RunKey key = shown == null ? null : shown.key();
        List<MetricTile> wanted = new ArrayList<>();
        if (shown != null) {
            derived(wanted, shown, now);
        }
        boolean live = shown == null || !shown.status().terminal();
        published.entrySet().stream()
                .filter(measured -> measured.getKey().about(key))
                .sorted(Comparator.comparing(measured -> measured.getKey().title()))
                .forEach(measured -> {
                    Measured value = measured.getValue();
                    String title = measured.getKey().title();
                    tile(wanted, title, value.unit(), value.series(), live, now);
                });
        tile(wanted, text("metrics.received"), "events/s", eventRate, true, now);
        tile(wanted, text("metrics.lag"), "s", lag, true, now);
        int hidden = Math.max(0, wanted.size() - MAX_TILES);
        note.set(note(hidden));
        List<MetricTile> arranged = pins.arranged(wanted);
        tiles.setAll(hidden == 0 ? arranged : arranged.subList(0, MAX_TILES));
    }

    private String note(int hidden) {
        if (refused > 0) {
            return count("metrics.refused", MAX_SERIES);
        }
        return hidden == 0 ? "" : count("metrics.hidden", hidden);
    }

    private void derived(List<MetricTile> wanted, RunState shown, Instant now) {
        boolean live = !shown.status().terminal();
        Series rate = rates.of(shown.key());
        if (rate != null && !measured(shown.key(), "rows/s") && !measured(shown.key(), "rows")) {
            tile(wanted, text("metrics.rows"), "rows/s", rate, live, now);
        }
        Series lengths = new Series();
        for (TaskState task : shown.tasks()) {
            for (AttemptState attempt : task.attempts()) {
                Instant start = attempt.startedAt();
                Instant end = attempt.endedAt();
                if (start != null && end != null && attempt.status() == TaskStatus.SUCCEEDED) {
                    lengths.set(end, Duration.between(start, end).toMillis() / 1000.0);
                }
            }
        }
        tile(wanted, text("metrics.taskDuration"), "s", lengths, live, now);
    }

    /** Whether a publisher sends a measure of the whole run itself. */
    private boolean measured(RunKey of, String name) {
        return published.keySet().stream()
                .anyMatch(key -> key.run() != null && key.about(of) && key.title().equals(name));
    }

    private void tile(
            List<MetricTile> wanted,
            String title,
            @Nullable String unit,
            Series series,
            boolean live,
            Instant now) {
        if (series.size() == 0) {
            return;
        }
        Instant newest = series.newest();
        boolean fresh = live && Duration.between(newest, now).compareTo(FRESH) < 0;
        Instant end =
                live && newest.isAfter(now.minus(SPAN)) && newest.isBefore(now) ? now : newest;
        Instant oldest = Instant.ofEpochSecond(series.second(0));
        Instant from = end.minus(SPAN).isAfter(oldest) ? end.minus(SPAN) : oldest;
        Series.Summary summary = series.summary(from.getEpochSecond());
        wanted.add(
                new MetricTile(title, unit, series, summary, from, end, fresh, pins.pinned(title)));
    }
}
