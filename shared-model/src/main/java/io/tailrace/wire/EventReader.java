package io.tailrace.wire;

import io.tailrace.model.Channel;
import io.tailrace.model.Citation;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.PlannedTask;
import io.tailrace.model.RunStatus;
import io.tailrace.model.Subject;
import io.tailrace.model.SuggestedAction;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

/** Builds an event from the members of its JSON object. */
final class EventReader {

    private EventReader() {}

    static Event read(
            Fields fields,
            @Nullable String otherKind,
            @Nullable Channel otherChannel,
            Instant now) {
        String givenKind = fields.text("kind");
        Subject subject = subject(fields);
        String givenChannel = fields.text("channel");
        Channel channel =
                givenChannel != null
                        ? checked(givenChannel, Channel::new)
                        : otherChannel != null ? otherChannel : channelOf(givenKind, subject);
        String kind = kind(givenKind, otherKind, channel);
        Instant timestamp = timestamp(fields, now);
        Subject about = completed(subject, channel);
        return new Reading(fields, kind, channel, timestamp, about).event();
    }

    /**
     * One event being read: the typed members are taken first, what is left becomes the header's
     * fields.
     */
    private record Reading(
            Fields fields, String kind, Channel channel, Instant timestamp, Subject subject) {

        Header header() {
            return new Header(channel, timestamp, subject, fields.rest());
        }

        Event event() {
            return switch (kind) {
                case "log" -> log();
                case "workflow_started" -> workflowStarted();
                case "workflow_progress" -> workflowProgress();
                case "partial_results" -> {
                    Long rows = fields.whole("rows");
                    String message = fields.text("message");
                    yield new Event.PartialResults(header(), rows, message);
                }
                case "workflow_complete" -> workflowComplete();
                case "progress" -> {
                    Double progress = fields.percent("progress");
                    Long rows = fields.whole("rows");
                    String message = fields.text("message");
                    yield new Event.Progress(header(), progress, rows, message);
                }
                case "complete" -> {
                    Long rows = fields.whole("rows");
                    String message = fields.text("message");
                    yield new Event.Complete(header(), rows, message);
                }
                case "error" -> failed();
                case "status" -> {
                    String state = fields.text("state");
                    String message = fields.text("message");
                    String command = fields.text("command");
                    yield new Event.Status(header(), state, message, command);
                }
                case "educational" -> {
                    String message = fields.text("message");
                    String content = fields.requiredText("educational_content", kind);
                    yield new Event.Educational(header(), message, content);
                }
                case "metric" -> metric();
                case "alert" -> alert();
                case "chat_question" -> chatQuestion();
                case "chat_response" -> chatResponse();
                case "command" -> command();
                default -> control();
            };
        }

        private Event log() {
            Level level = level(Level.INFO);
            String message = fields.requiredText("message", kind);
            String logger = fields.text("logger");
            String error = fields.text("error");
            return new Event.Log(header(), level, message, logger, error);
        }

        private Event workflowStarted() {
            String message = fields.text("message");
            List<PlannedTask> tasks =
                    fields.objects("tasks").stream()
                            .map(t ->
                                    new PlannedTask(t.requiredText("name", kind), t.texts("after")))
                            .toList();
            String retryOf = fields.text("retry_of");
            needsRun();
            return new Event.WorkflowStarted(header(), message, tasks, retryOf);
        }

        private Event workflowProgress() {
            Double progress = fields.percent("progress");
            if (progress == null) {
                throw new MalformedEventException(
                        "Field 'progress' is missing: an event of kind 'workflow_progress' needs"
                                + " it.");
            }
            String message = fields.text("message");
            needsRun();
            return new Event.WorkflowProgress(header(), progress, message);
        }

        private Event workflowComplete() {
            String name = fields.text("state", RunStatus.SUCCEEDED::wireName);
            RunStatus state =
                    RunStatus.ofWireName(name)
                            .filter(RunStatus::terminal)
                            .orElseThrow(() ->
                                    new MalformedEventException(
                                            "Field 'state' must be succeeded, failed or"
                                                    + " cancelled."));
            Long rows = fields.whole("rows");
            String message = fields.text("message");
            String error = fields.text("error");
            needsRun();
            return new Event.WorkflowComplete(header(), state, rows, message, error);
        }

        private Event failed() {
            String message = fields.text("message");
            String error = fields.text("error", () -> message == null ? "failed" : message);
            if (message != null && !message.equals(error)) {
                fields.rest().put("message", message);
            }
            String stackTrace = fields.text("stack_trace");
            boolean willRetry = fields.flag("will_retry");
            return new Event.Failed(header(), error, stackTrace, willRetry);
        }

        private Event metric() {
            String name = fields.requiredText("name", kind);
            Double value = fields.number("value");
            if (value == null) {
                throw new MalformedEventException(
                        "Field 'value' is missing: an event of kind 'metric' needs it.");
            }
            String unit = fields.text("unit");
            return new Event.Metric(header(), name, value, unit);
        }

        private Event alert() {
            Level level = level(Level.WARN);
            String message = fields.requiredText("message", kind);
            Cursor about = cursor("about");
            return new Event.Alert(header(), level, message, about);
        }

        private Event chatQuestion() {
            String conversation = fields.requiredText("conversation", kind);
            String question = fields.requiredText("question", kind);
            String message = fields.requiredText("message", kind);
            return new Event.ChatQuestion(header(), conversation, question, message);
        }

        private Event chatResponse() {
            String conversation = fields.requiredText("conversation", kind);
            String question = fields.requiredText("question", kind);
            Long part = fields.whole("part");
            String message = fields.requiredText("message", kind);
            List<Citation> citations =
                    fields.objects("citations").stream().map(this::citation).toList();
            List<SuggestedAction> actions =
                    fields.objects("actions").stream().map(this::action).toList();
            boolean partial = fields.flag("partial");
            boolean done = fields.flag("done");
            return new Event.ChatResponse(
                    header(),
                    conversation,
                    question,
                    part == null ? 1 : Math.toIntExact(part),
                    message,
                    citations,
                    actions,
                    partial,
                    done);
        }

        private Citation citation(Fields f) {
            return new Citation(
                    checked(f.requiredText("channel", kind), Channel::new),
                    checked(f.requiredText("cursor", kind), Cursor::parse),
                    f.text("label", () -> ""));
        }

        private SuggestedAction action(Fields f) {
            return new SuggestedAction(
                    f.requiredText("label", kind),
                    f.requiredText("action", kind),
                    f.text("argument", () -> ""));
        }

        private Event command() {
            String id = fields.requiredText("id", kind);
            CommandVerb verb =
                    CommandVerb.ofWireName(fields.requiredText("verb", kind))
                            .orElseThrow(() ->
                                    new MalformedEventException(
                                            "Field 'verb' must be cancel, pause, resume or"
                                                    + " retry."));
            String message = fields.text("message");
            needsRun();
            return new Event.Command(header(), id, verb, message);
        }

        private Event control() {
            return switch (kind) {
                case "session_init" -> {
                    String session = fields.requiredText("session", kind);
                    Cursor cursor = requiredCursor("cursor");
                    List<String> channels = fields.texts("channels");
                    Long heartbeat = fields.whole("heartbeat");
                    yield new Event.SessionInit(
                            header(), session, cursor, channels, heartbeat == null ? 0 : heartbeat);
                }
                case "resumed" -> {
                    Cursor from = requiredCursor("from");
                    Cursor to = requiredCursor("to");
                    yield new Event.Resumed(header(), from, to);
                }
                case "gap" -> {
                    String from = fields.requiredText("from", kind);
                    Cursor to = requiredCursor("to");
                    String reason = fields.text("reason", () -> "retention");
                    String message = fields.text("message");
                    yield new Event.Gap(header(), from, to, reason, message);
                }
                case "snapshot" -> {
                    Cursor cursor = requiredCursor("cursor");
                    var runs = RunCodec.read(fields.objects("runs"));
                    yield new Event.Snapshot(header(), cursor, runs);
                }
                case "heartbeat" -> new Event.Heartbeat(header(), requiredCursor("cursor"));
                case "server_shutting_down" -> {
                    Long retry = fields.whole("retry");
                    yield new Event.ServerShuttingDown(header(), retry == null ? 1_000 : retry);
                }
                default -> new Event.Other(header(), kind);
            };
        }

        private void needsRun() {
            if (subject.run() == null) {
                throw new MalformedEventException(
                        "Field 'run' is missing: an event of kind '%s' needs it.".formatted(kind));
            }
        }

        private Level level(Level otherwise) {
            String text = fields.text("level");
            if (text == null) {
                return otherwise;
            }
            return Level.parse(text)
                    .orElseGet(() -> {
                        fields.rest().put("level", text);
                        return otherwise;
                    });
        }

        private @Nullable Cursor cursor(String name) {
            String text = fields.text(name);
            return text == null ? null : checked(text, Cursor::parse);
        }

        private Cursor requiredCursor(String name) {
            return checked(fields.requiredText(name, kind), Cursor::parse);
        }
    }

    private static Subject subject(Fields fields) {
        String workspace = fields.text("workspace");
        String workflow = fields.text("workflow");
        String run = fields.text("run");
        String task = fields.text("task");
        Long attempt = fields.whole("attempt");
        String step = fields.text("step");
        if (attempt != null && (attempt < 1 || attempt > 1_000_000)) {
            throw new MalformedEventException("Field 'attempt' must be a whole number from 1.");
        }
        return new Subject(
                workspace, workflow, run, task, attempt == null ? null : attempt.intValue(), step);
    }

    /** Where an event goes that names its workspace and workflow but no channel. */
    private static Channel channelOf(@Nullable String kind, Subject subject) {
        String workspace = subject.workspace();
        String workflow = subject.workflow();
        if (workspace != null && "metric".equals(kind)) {
            return checked("metrics:" + workspace, Channel::new);
        }
        if (workspace == null || workflow == null) {
            throw new MalformedEventException(
                    "Field 'channel' is missing: name one such as \"logs:my-team:my-pipeline\","
                            + " or give 'workspace' and 'workflow'.");
        }
        String type =
                kind == null || kind.equals("log")
                        ? "logs"
                        : kind.equals("command") ? "commands" : "runs";
        return checked(type + ":" + workspace + ":" + workflow, Channel::new);
    }

    private static String kind(
            @Nullable String given, @Nullable String otherwise, Channel channel) {
        String kind = given != null ? given : otherwise;
        if (kind == null) {
            return switch (channel.type()) {
                case "logs" -> "log";
                case "metrics" -> "metric";
                default ->
                        throw new MalformedEventException(
                                "Field 'kind' is missing: name one such as \"log\", \"metric\" or"
                                        + " \"workflow_started\".");
            };
        }
        if (kind.isEmpty()
                || kind.length() > 64
                || !kind.chars()
                        .allMatch(c ->
                                c < 128
                                        && (Character.isLetterOrDigit(c)
                                                || "_-.".indexOf(c) >= 0))) {
            throw new MalformedEventException(
                    "Field 'kind' must be 1 to 64 letters, digits, '_', '-' or '.'.");
        }
        return kind;
    }

    /** What the channel's name says already need not be said again. */
    private static Subject completed(Subject subject, Channel channel) {
        String workspace = subject.workspace() == null ? channel.workspace() : subject.workspace();
        String workflow = subject.workflow() == null ? channel.workflow() : subject.workflow();
        return new Subject(
                workspace,
                workflow,
                subject.run(),
                subject.task(),
                subject.attempt(),
                subject.step());
    }

    private static Instant timestamp(Fields fields, Instant now) {
        Object value = fields.any("timestamp");
        return switch (value) {
            case null -> now;
            case String text -> instant(text);
            case Long millis -> millis(millis);
            case Double seconds -> millis((long) (seconds * 1_000));
            default -> throw badTimestamp();
        };
    }

    private static Instant instant(String text) {
        try {
            return text.endsWith("Z")
                    ? Instant.parse(text)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException again) {
                throw badTimestamp();
            }
        }
    }

    private static Instant millis(long millis) {
        if (Math.abs(millis) > 253_402_300_799_999L) {
            throw badTimestamp();
        }
        return Instant.ofEpochMilli(millis);
    }

    private static MalformedEventException badTimestamp() {
        return new MalformedEventException(
                "Field 'timestamp' must be a time such as \"2026-11-21T10:00:00.123Z\" or"
                        + " milliseconds since 1970.");
    }

    /** Runs a parser whose complaint is a sentence already. */
    private static <T> T checked(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            String sentence = e.getMessage();
            throw new MalformedEventException(sentence == null ? "Malformed: " + text : sentence);
        }
    }
}
