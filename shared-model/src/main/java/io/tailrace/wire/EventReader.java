package io.tailrace.wire;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Subject;
import io.tailrace.wire.EventParser.Recent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Builds an event from the members of its JSON object: first what all kinds have. */
final class EventReader {

    private static final int LONGEST_KIND = 64;
    private static final int MOST_ATTEMPTS = 1_000_000;

    private EventReader() {}

    /** One by itself. */
    static Event read(Fields fields, Instant now) {
        return read(fields, null, null, now, new Recent());
    }

    static Event read(
            Fields fields,
            @Nullable String otherKind,
            @Nullable Channel otherChannel,
            Instant now,
            Recent recent) {
        String ownKind = fields.text("kind");
        String kind = ownKind == null ? otherKind : ownKind;
        Subject subject = subject(fields);
        String name = fields.text("channel");
        Channel channel =
                name != null
                        ? recent.channel(name)
                        : otherChannel != null ? otherChannel : channelOf(kind, subject);
        recent.remember(channel);
        Draft draft =
                new Draft(
                        fields,
                        kind(kind, recent.type()),
                        channel,
                        Timestamps.read(fields.any("timestamp"), now),
                        recent.same(completed(subject, channel, recent)));
        return switch (draft.kind()) {
            case "chat_question", "chat_response" -> ChatReader.read(draft);
            case "session_init",
                    "resumed",
                    "gap",
                    "snapshot",
                    "heartbeat",
                    "server_shutting_down",
                    "channels_changed",
                    "conflated",
                    "session_end" ->
                    ControlReader.read(draft);
            default -> PublishedReader.read(draft);
        };
    }

    private static Subject subject(Fields fields) {
        String workspace = fields.name("workspace");
        String workflow = fields.name("workflow");
        String run = fields.name("run");
        String task = fields.name("task");
        Long attempt = fields.whole("attempt", 1, MOST_ATTEMPTS);
        String step = fields.name("step");
        return new Subject(
                workspace, workflow, run, task, attempt == null ? null : attempt.intValue(), step);
    }

    /** Where an event goes that names its workspace and workflow but no channel. */
    private static Channel channelOf(@Nullable String kind, Subject subject) {
        String workspace = subject.workspace();
        String workflow = subject.workflow();
        if ("alert".equals(kind)) {
            return new Channel("alerts:all");
        }
        if (workspace != null && "metric".equals(kind)) {
            return Draft.checked("workspace", workspace, Channel::metrics);
        }
        if (workspace == null || workflow == null || (kind != null && kind.startsWith("chat_"))) {
            throw new MalformedEventException(
                    "Field 'channel' is missing: name one such as \"logs:my-team:my-pipeline\","
                            + " or give 'workspace' and 'workflow'.");
        }
        String type =
                kind == null || kind.equals("log")
                        ? "logs"
                        : kind.equals("command") ? "commands" : "runs";
        return Draft.checked("workflow", type + ":" + workspace + ":" + workflow, Channel::new);
    }

    private static String kind(@Nullable String kind, String type) {
        if (kind == null) {
            return switch (type) {
                case "logs" -> "log";
                case "metrics" -> "metric";
                default ->
                        throw new MalformedEventException(
                                "Field 'kind' is missing: name one such as \"log\", \"metric\" or"
                                        + " \"workflow_started\".");
            };
        }
        if (kind.isEmpty() || kind.length() > LONGEST_KIND || !allowedInKind(kind)) {
            throw new MalformedEventException(
                    "Field 'kind' must be 1 to 64 letters, digits, '_', '-' or '.'.");
        }
        return kind;
    }

    private static boolean allowedInKind(String kind) {
        for (int i = 0; i < kind.length(); i++) {
            char c = kind.charAt(i);
            if (c >= 128 || (!Character.isLetterOrDigit(c) && c != '_' && c != '-' && c != '.')) {
                return false;
            }
        }
        return true;
    }

    /**
     * What the channel's name says already need not be said again, and may not be said differently:
     * who may publish to a workspace's channels must not tell of another workspace's runs.
     */
    private static Subject completed(Subject subject, Channel channel, Recent recent) {
        return new Subject(
                agreed("workspace", subject.workspace(), recent.workspace(), channel),
                agreed("workflow", subject.workflow(), recent.workflow(), channel),
                subject.run(),
                subject.task(),
                subject.attempt(),
                subject.step());
    }

    private static @Nullable String agreed(
            String name, @Nullable String own, @Nullable String channels, Channel channel) {
        if (own == null || channels == null || own.equals(channels)) {
            return own == null ? channels : own;
        }
        throw new MalformedEventException(
                "Field '%s' must be '%s', as in channel '%s', or left out."
                        .formatted(name, channels, channel));
    }
}
