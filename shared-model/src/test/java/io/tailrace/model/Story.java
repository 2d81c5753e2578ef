package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Events of one run, written down as a test tells them; a second passes between two of them. */
final class Story {

    static final RunKey KEY = new RunKey("acme", "nightly", "r1");
    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final RunKey key;
    private final List<Event> events = new ArrayList<>();

    Story() {
        this(KEY);
    }

    Story(RunKey key) {
        this.key = key;
    }

    static PlannedTask planned(String name, String... after) {
        return new PlannedTask(name, Arrays.asList(after));
    }

    Story starts(PlannedTask... tasks) {
        return add(new Event.WorkflowStarted(header(null, null), null, List.of(tasks), null));
    }

    Story ends(RunStatus how, @Nullable Long rows, @Nullable String error) {
        return add(new Event.WorkflowComplete(header(null, null), how, rows, null, error));
    }

    Story reaches(double percent) {
        return add(new Event.WorkflowProgress(header(null, null), percent, null));
    }

    Story says(@Nullable String state, @Nullable String message) {
        return add(new Event.Status(header(null, null), state, message, null));
    }

    Story goesWrong(String error) {
        return add(new Event.Failed(header(null, null), error, null, false));
    }

    Story partial(long rows) {
        return add(new Event.PartialResults(header(null, null), rows, null));
    }

    Story runs(String task, @Nullable Integer attempt) {
        return add(new Event.Status(header(task, attempt), "running", null, null));
    }

    Story task(String task, @Nullable Integer attempt, String state) {
        return add(new Event.Status(header(task, attempt), state, null, null));
    }

    Story progress(String task, @Nullable Integer attempt, double percent, @Nullable Long rows) {
        return add(new Event.Progress(header(task, attempt), percent, rows, null));
    }

    Story completes(String task, @Nullable Integer attempt, @Nullable Long rows) {
        return add(new Event.Complete(header(task, attempt), rows, null));
    }

    Story fails(String task, @Nullable Integer attempt, String error, boolean willRetry) {
        return add(new Event.Failed(header(task, attempt), error, null, willRetry));
    }

    Story logs(Level level, String text) {
        Header header =
                Header.of(
                        Channel.logs(key.workspace(), key.workflow()),
                        now(),
                        Subject.ofRun(key.workspace(), key.workflow(), key.run()));
        return add(new Event.Log(header, level, text, null, null));
    }

    Story add(Event event) {
        events.add(event);
        return this;
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    List<Entry> entries() {
        return numbered(events);
    }

    RunState folded() {
        return folded(events);
    }

    static RunState folded(List<Event> events) {
        RunTable table = new RunTable();
        numbered(events).forEach(table::apply);
        return table.runs().getFirst();
    }

    static List<Entry> numbered(List<Event> events) {
        List<Entry> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(new Entry(at(entries.size() + 1), event));
        }
        return entries;
    }

    static Cursor at(long position) {
        return new Cursor("e", position);
    }

    private Instant now() {
        return START.plusSeconds(events.size());
    }

    private Header header(@Nullable String task, @Nullable Integer attempt) {
        return Header.of(
                Channel.runs(key.workspace(), key.workflow()),
                now(),
                new Subject(key.workspace(), key.workflow(), key.run(), task, attempt, null));
    }
}
