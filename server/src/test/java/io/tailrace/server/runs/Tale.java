package io.tailrace.server.runs;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.PlannedTask;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Publishes the events of one run as a test tells them, each at a second since the start. */
public final class Tale {

    public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final MiniGateway gateway;
    private final RunKey key;

    public Tale(MiniGateway gateway, String workflow, String run) {
        this.gateway = gateway;
        this.key = new RunKey("acme", workflow, run);
    }

    public static PlannedTask planned(String name, String... after) {
        return new PlannedTask(name, Arrays.asList(after));
    }

    public Cursor starts(long second, PlannedTask... tasks) {
        return gateway.publish(
                new Event.WorkflowStarted(header(second, null, 0), null, List.of(tasks), null));
    }

    public Cursor ends(long second, RunStatus how, @Nullable Long rows, @Nullable String error) {
        return gateway.publish(
                new Event.WorkflowComplete(header(second, null, 0), how, rows, null, error));
    }

    public Cursor reaches(long second, double percent) {
        return gateway.publish(new Event.WorkflowProgress(header(second, null, 0), percent, null));
    }

    public Cursor runs(long second, String task, int attempt) {
        return gateway.publish(
                new Event.Status(header(second, task, attempt), "running", null, null));
    }

    public Cursor says(long second, String state) {
        return gateway.publish(new Event.Status(header(second, null, 0), state, null, null));
    }

    public Cursor progress(
            long second, String task, int attempt, double percent, @Nullable Long rows) {
        return gateway.publish(
                new Event.Progress(header(second, task, attempt), percent, rows, null));
    }

    public Cursor completes(long second, String task, int attempt, @Nullable Long rows) {
        return gateway.publish(new Event.Complete(header(second, task, attempt), rows, null));
    }

    public Cursor fails(long second, String task, int attempt, String error, boolean willRetry) {
        return gateway.publish(
                new Event.Failed(header(second, task, attempt), error, null, willRetry));
    }

    public Cursor logs(long second, Level level, @Nullable String task, String text) {
        Header header =
                Header.of(
                        Channel.logs(key.workspace(), key.workflow()),
                        START.plusSeconds(second),
                        header(second, task, 1).subject());
        return gateway.publish(new Event.Log(header, level, text, null, null));
    }

    public RunKey key() {
        return key;
    }

    private Header header(long second, @Nullable String task, int attempt) {
        return Header.of(
                Channel.runs(key.workspace(), key.workflow()),
                START.plusSeconds(second),
                new Subject(
                        key.workspace(),
                        key.workflow(),
                        key.run(),
                        task,
                        task == null ? null : attempt,
                        null));
    }
}
