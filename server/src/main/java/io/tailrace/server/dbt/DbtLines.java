package io.tailrace.server.dbt;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Recognises the lines of dbt in one body, by their shape. Closed before the body is taken, it
 * forgets what it was told. Confined to one thread.
 */
public final class DbtLines implements AutoCloseable {

    private final @Nullable Channel logs;
    private final Subject about;
    private final DbtRuns runs;
    private final String caller;
    // The one that was read of last is the last; more are not remembered anyway.
    private final LinkedHashSet<DbtRuns.Key> told = new LinkedHashSet<>();

    /**
     * For lines that are sent to one workflow.
     *
     * @param caller who sends them
     * @param channel where they are sent; null when only the subject says
     * @param about its workspace and workflow, where the channel does not say; its run, otherwise
     *     each invocation of dbt is a run
     * @param runs what was heard before, perhaps in other bodies
     */
    public DbtLines(String caller, @Nullable Channel channel, Subject about, DbtRuns runs) {
        this.caller = caller;
        this.runs = runs;
        String workspace = channel == null ? about.workspace() : channel.workspace();
        String workflow = channel == null ? about.workflow() : channel.workflow();
        this.about = about;
        logs = workspace == null || workflow == null ? null : named(workspace, workflow);
    }

    private static @Nullable Channel named(String workspace, String workflow) {
        try {
            return Channel.logs(workspace, workflow);
        } catch (IllegalArgumentException e) {
            return null; // then every event is refused with that sentence
        }
    }

    /** The events of a line; none when dbt did not print it or nobody says where they belong. */
    public List<Event.Published> read(byte[] bytes, int offset, int length, Instant now) {
        DbtLine line = logs == null ? null : DbtLine.read(bytes, offset, length);
        if (line == null || logs == null) {
            return List.of();
        }
        String run = run(line.invocation());
        DbtRuns.Key key = new DbtRuns.Key(caller, logs, run, line.invocation());
        note(key);
        return runs.tell(key, now, heard -> heard.events(line, now));
    }

    private void note(DbtRuns.Key key) {
        if (told.isEmpty() || !told.getLast().equals(key)) {
            told.remove(key);
            told.add(key);
            if (told.size() > DbtRuns.MOST) {
                told.removeFirst();
            }
        }
    }

    /** The whole body is taken. */
    public void taken() {
        told.clear();
    }

    /** What was not taken was never told: sent again it begins anew. */
    @Override
    public void close() {
        forget();
    }

    /**
     * Forgets all invocations that this body told of: some of it was not taken, and begins anew
     * when it is sent again.
     */
    public void forget() {
        told.forEach(runs::forget);
        told.clear();
    }

    private String run(String invocation) {
        return about.run() == null ? invocation : about.run();
    }
}
