package io.tailrace.server.dbt;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Recognises the lines of dbt in one body, by their shape. Confined to one thread. */
public final class DbtLines {

    private final @Nullable Channel logs;
    private final Subject about;
    private final DbtRuns runs;

    /**
     * For lines that are sent to one workflow.
     *
     * @param channel where they are sent; null when only the subject says
     * @param about its workspace and workflow, where the channel does not say; its run, otherwise
     *     each invocation of dbt is a run
     * @param runs what was heard before, perhaps in other bodies
     */
    public DbtLines(@Nullable Channel channel, Subject about, DbtRuns runs) {
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
        Channel channel = logs;
        String run = run(line.invocation());
        return runs.tell(channel, run, line.invocation(), now, heard -> heard.events(line, now));
    }

    private String run(String invocation) {
        return about.run() == null ? invocation : about.run();
    }
}
