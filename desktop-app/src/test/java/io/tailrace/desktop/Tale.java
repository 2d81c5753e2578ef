package io.tailrace.desktop;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.PlannedTask;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The entries of one run, written down as a test tells them. */
public final class Tale {

    private static final AtomicLong POSITION = new AtomicLong();

    private final RunKey key;
    private final Instant start;
    private final List<Entry> entries = new ArrayList<>();
    private Instant now;

    public Tale(RunKey key, Instant start) {
        this.key = key;
        this.start = start;
        this.now = start;
    }

    public static PlannedTask planned(String name, String... after) {
        return new PlannedTask(name, Arrays.asList(after));
    }

    /** A place in the log behind all places before. */
    public static Cursor nextCursor() {
        return new Cursor("e1", POSITION.incrementAndGet());
    }

    /** What follows happens so many seconds after the start. */
    public Tale at(double seconds) {
        now = start.plusMillis((long) (seconds * 1000));
        return this;
    }

    public Tale starts(PlannedTask... tasks) {
        return add(new Event.WorkflowStarted(header(null, null), null, List.of(tasks), null));
    }

    /** It says which run started it. */
    public Tale startedBy(RunKey parent) {
        Header header = header(null, null).withFields(Map.of("parent", parent.toString()));
        return add(new Event.WorkflowStarted(header, null, List.of(), null));
    }

    public Tale reaches(double percent) {
        return add(new Event.WorkflowProgress(header(null, null), percent, null));
    }

    public Tale ends(RunStatus how, @Nullable String error) {
        return add(new Event.WorkflowComplete(header(null, null), how, null, null, error));
    }

    public Tale says(String state) {
        return add(new Event.Status(header(null, null), state, null, null));
    }

    public Tale answers(String command, String state, @Nullable String message) {
        return add(new Event.Status(header(null, null), state, message, command));
    }

    public Tale runs(String task, int attempt) {
        return add(new Event.Status(header(task, attempt), "running", null, null));
    }

    public Tale progress(String task, int attempt, double percent, @Nullable Long rows) {
        return add(new Event.Progress(header(task, attempt), percent, rows, null));
    }

    public Tale completes(String task, int attempt, @Nullable Long rows) {
        return add(new Event.Complete(header(task, attempt), rows, null));
    }

    public Tale fails(String task, int attempt, String error, boolean willRetry) {
        return add(new Event.Failed(header(task, attempt), error, null, willRetry));
    }

    public Tale logs(Level level, String text) {
        Header header =
                Header.of(
                        Channel.logs(key.workspace(), key.workflow()),
                        now,
                        Subject.ofRun(key.workspace(), key.workflow(), key.run()));
        return add(new Event.Log(header, level, text, null, null));
    }

    public Tale measures(String name, double value, @Nullable String unit) {
        Header header =
                Header.of(
                        Channel.metrics(key.workspace()),
                        now,
                        Subject.ofRun(key.workspace(), key.workflow(), key.run()));
        return add(new Event.Metric(header, name, value, unit));
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public Entry last() {
        return entries.getLast();
    }

    private Tale add(Event event) {
        entries.add(new Entry(nextCursor(), event));
        return this;
    }

    private Header header(@Nullable String task, @Nullable Integer attempt) {
        return Header.of(
                Channel.runs(key.workspace(), key.workflow()),
                now,
                new Subject(key.workspace(), key.workflow(), key.run(), task, attempt, null));
    }
}
