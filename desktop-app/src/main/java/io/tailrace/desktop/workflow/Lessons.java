package io.tailrace.desktop.workflow;

import io.tailrace.model.Channel;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/** What publishers explain to people who wait: the latest of each run. FX thread only. */
final class Lessons {

    private static final int MAX_RUNS = 200;
    private static final int MAX_TEXT = 20_000;

    private final Map<RunKey, Lesson> latest = new LinkedHashMap<>();

    /**
     * An explanation.
     *
     * @param title what it is about; may be empty
     * @param text Markdown
     */
    record Lesson(String title, String text) {}

    /** Takes what explains something; everything else changes nothing. */
    boolean apply(Entry entry) {
        if (!(entry.event() instanceof Event.Educational lesson)) {
            return false;
        }
        RunKey run = run(lesson.channel(), lesson.subject());
        if (run == null) {
            return false;
        }
        String title = lesson.message() == null ? "" : lesson.message();
        String text = lesson.content();
        latest.remove(run);
        latest.put(
                run,
                new Lesson(
                        title,
                        text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text));
        if (latest.size() > MAX_RUNS) {
            latest.remove(latest.keySet().iterator().next());
        }
        return true;
    }

    @Nullable Lesson of(@Nullable RunKey run) {
        return run == null ? null : latest.get(run);
    }

    private static @Nullable RunKey run(Channel channel, Subject subject) {
        String workspace = channel.workspace();
        String workflow = channel.workflow();
        return workspace == null || workflow == null || subject.run() == null
                ? subject.runKey()
                : new RunKey(workspace, workflow, subject.run());
    }
}
