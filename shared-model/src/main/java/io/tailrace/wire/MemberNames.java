package io.tailrace.wire;

import java.util.Map;
import java.util.Set;

/** The names that have a meaning in an event's JSON object, for all kinds and for each. */
final class MemberNames {

    private static final Set<String> COMMON =
            Set.of(
                    "kind",
                    "channel",
                    "timestamp",
                    "workspace",
                    "workflow",
                    "run",
                    "task",
                    "attempt",
                    "step");

    private static final Map<String, Set<String>> OF_KIND =
            Map.ofEntries(
                    Map.entry("log", Set.of("level", "message", "logger", "error")),
                    Map.entry("workflow_started", Set.of("message", "tasks", "retry_of")),
                    Map.entry("workflow_progress", Set.of("progress", "message")),
                    Map.entry("partial_results", Set.of("rows", "message")),
                    Map.entry("workflow_complete", Set.of("state", "rows", "message", "error")),
                    Map.entry("progress", Set.of("progress", "rows", "message")),
                    Map.entry("complete", Set.of("rows", "message")),
                    Map.entry("error", Set.of("error", "stack_trace", "will_retry")),
                    Map.entry("status", Set.of("state", "message", "command")),
                    Map.entry("educational", Set.of("message", "educational_content")),
                    Map.entry("metric", Set.of("name", "value", "unit")),
                    Map.entry("alert", Set.of("level", "message", "about")),
                    Map.entry("chat_question", Set.of("conversation", "question", "message")),
                    Map.entry(
                            "chat_response",
                            Set.of(
                                    "conversation",
                                    "question",
                                    "part",
                                    "message",
                                    "citations",
                                    "actions",
                                    "partial",
                                    "done")),
                    Map.entry("command", Set.of("id", "verb", "message")),
                    Map.entry("session_init", Set.of("session", "cursor", "channels", "heartbeat")),
                    Map.entry("resumed", Set.of("from", "to")),
                    Map.entry("gap", Set.of("from", "to", "reason", "message")),
                    Map.entry("snapshot", Set.of("cursor", "runs")),
                    Map.entry("heartbeat", Set.of("cursor")),
                    Map.entry("server_shutting_down", Set.of("retry")),
                    Map.entry("channels_changed", Set.of("channels")),
                    Map.entry("conflated", Set.of("from", "to", "entries")),
                    Map.entry("session_end", Set.of("reason", "message")));

    private MemberNames() {}

    /**
     * The name under which a further field is written: its own, with underscores behind it for as
     * long as that name has a meaning already.
     */
    static String free(String kind, String name, Set<String> others) {
        Set<String> own = OF_KIND.getOrDefault(kind, Set.of());
        String free = name;
        while (COMMON.contains(free)
                || own.contains(free)
                || (!free.equals(name) && others.contains(free))) {
            free += "_";
        }
        return free;
    }
}
