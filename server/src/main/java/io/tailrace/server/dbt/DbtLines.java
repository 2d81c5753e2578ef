package io.tailrace.server.dbt;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recognises the lines of dbt in one body, by their shape. What was heard of an invocation is kept
 * as long as the body goes on, for the newest few. Confined to one thread.
 */
public final class DbtLines {

    private static final int MOST = 16;

    private final @Nullable Channel logs;
    private final Subject about;
    private final Map<String, DbtRun> runs =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, DbtRun> eldest) {
                    return size() > MOST;
                }
            };

    /**
     * For lines that are sent to one workflow.
     *
     * @param channel where they are sent; null when only the subject says
     * @param about its workspace and workflow, where the channel does not say; its run, otherwise
     *     each invocation of dbt is a run
     */
    public DbtLines(@Nullable Channel channel, Subject about) {
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
        return runs.computeIfAbsent(line.invocation(), id -> new DbtRun(channel, run(id)))
                .events(line, now);
    }

    private String run(String invocation) {
        return about.run() == null ? invocation : about.run();
    }
}
