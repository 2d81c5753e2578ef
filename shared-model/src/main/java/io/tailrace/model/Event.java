package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * One immutable fact: what a publisher reports ({@link Published}), or what the gateway tells one
 * reader about its stream ({@link Control}).
 *
 * <p>The kind is the {@code event:} field of a server-sent event and the {@code kind} field of the
 * JSON object.
 */
public sealed interface Event {

    /** What every event has. */
    Header header();

    /** The name of the kind on the wire. */
    String kind();

    /** Where it was published. */
    default Channel channel() {
        return header().channel();
    }

    /** When it happened, by the publisher's clock. */
    default Instant timestamp() {
        return header().timestamp();
    }

    /** What it is about. */
    default Subject subject() {
        return header().subject();
    }

    /** A fact somebody published: it is stored, has a cursor, and is replayed. */
    sealed interface Published extends Event {}

    /** What the gateway tells one reader: never stored, never an id. */
    sealed interface Control extends Event {}

    /**
     * A log line.
     *
     * @param logger who wrote it: a logger's name, a thread, a stream such as stdout
     * @param error the stack trace or further lines that belong to it
     */
    record Log(
            Header header,
            Level level,
            String message,
            @Nullable String logger,
            @Nullable String error)
            implements Published {
        @Override
        public String kind() {
            return "log";
        }
    }

    /**
     * A run began.
     *
     * @param tasks what it is going to do; may be empty when that is not known
     * @param retryOf the run that this one repeats
     */
    record WorkflowStarted(
            Header header,
            @Nullable String message,
            List<PlannedTask> tasks,
            @Nullable String retryOf)
            implements Published {
        /** Copies the list. */
        public WorkflowStarted {
            tasks = List.copyOf(tasks);
        }

        @Override
        public String kind() {
            return "workflow_started";
        }
    }

    /**
     * A run got further.
     *
     * @param progress 0 to 100
     */
    record WorkflowProgress(Header header, double progress, @Nullable String message)
            implements Published {
        @Override
        public String kind() {
            return "workflow_progress";
        }
    }

    /**
     * Results that stand already while the run goes on.
     *
     * @param rows rows so far
     */
    record PartialResults(Header header, @Nullable Long rows, @Nullable String message)
            implements Published {
        @Override
        public String kind() {
            return "partial_results";
        }
    }

    /**
     * A run ended.
     *
     * @param state how: succeeded, failed or cancelled
     * @param rows rows in all
     * @param error why it failed
     */
    record WorkflowComplete(
            Header header,
            RunStatus state,
            @Nullable Long rows,
            @Nullable String message,
            @Nullable String error)
            implements Published {
        @Override
        public String kind() {
            return "workflow_complete";
        }
    }

    /**
     * A task got further; its first event also says that it began.
     *
     * @param progress 0 to 100
     * @param rows rows so far in this attempt
     */
    record Progress(
            Header header, @Nullable Double progress, @Nullable Long rows, @Nullable String message)
            implements Published {
        @Override
        public String kind() {
            return "progress";
        }
    }

    /**
     * An attempt of a task succeeded.
     *
     * @param rows rows in this attempt
     */
    record Complete(Header header, @Nullable Long rows, @Nullable String message)
            implements Published {
        @Override
        public String kind() {
            return "complete";
        }
    }

    /**
     * An attempt of a task failed; without a task, something went wrong in the run.
     *
     * @param error why, in a sentence
     * @param stackTrace the details, many lines
     * @param willRetry whether another attempt follows
     */
    record Failed(Header header, String error, @Nullable String stackTrace, boolean willRetry)
            implements Published {
        @Override
        public String kind() {
            return "error";
        }
    }

    /**
     * A task or a run changed its state, or somebody has a notice to give.
     *
     * @param state a wire name of {@link TaskStatus} or {@link RunStatus}, or of a command's
     *     progress ({@code accepted}, {@code refused}, {@code done}); others are carried
     * @param command the id of the command that this answers
     */
    record Status(
            Header header,
            @Nullable String state,
            @Nullable String message,
            @Nullable String command)
            implements Published {
        @Override
        public String kind() {
            return "status";
        }
    }

    /**
     * Something worth knowing about the step that people are waiting for.
     *
     * @param content the explanation, Markdown
     */
    record Educational(Header header, @Nullable String message, String content)
            implements Published {
        @Override
        public String kind() {
            return "educational";
        }
    }

    /**
     * A measured value.
     *
     * @param name what was measured
     * @param unit such as {@code rows/s}, {@code ms}, {@code By}
     */
    record Metric(Header header, String name, double value, @Nullable String unit)
            implements Published {
        @Override
        public String kind() {
            return "metric";
        }
    }

    /**
     * Something a person should look at.
     *
     * @param about the entry to look at
     */
    record Alert(Header header, Level level, String message, @Nullable Cursor about)
            implements Published {
        @Override
        public String kind() {
            return "alert";
        }
    }

    /**
     * A question about runs, on the asking session's channel.
     *
     * @param conversation which conversation it belongs to
     * @param question the id that its responses repeat
     */
    record ChatQuestion(Header header, String conversation, String question, String message)
            implements Published {
        @Override
        public String kind() {
            return "chat_question";
        }
    }

    /**
     * A part of an answer, on the asking session's channel.
     *
     * @param question the id of the question
     * @param part which part, from 1
     * @param message one statement, Markdown
     * @param citations the entries that the statement rests on
     * @param actions what to do next; on the last part
     * @param partial whether the run it speaks of is still going
     * @param done whether this is the last part
     */
    record ChatResponse(
            Header header,
            String conversation,
            String question,
            int part,
            String message,
            List<Citation> citations,
            List<SuggestedAction> actions,
            boolean partial,
            boolean done)
            implements Published {
        /** Copies the lists. */
        public ChatResponse {
            citations = List.copyOf(citations);
            actions = List.copyOf(actions);
        }

        @Override
        public String kind() {
            return "chat_response";
        }
    }

    /**
     * A request to change a run; the pipeline answers with {@link Status}.
     *
     * @param id what the answers repeat
     */
    record Command(Header header, String id, CommandVerb verb, @Nullable String message)
            implements Published {
        @Override
        public String kind() {
            return "command";
        }
    }

    /** A kind that this version does not know: carried with all its fields, never dropped. */
    record Other(Header header, String kind) implements Published {}

    /**
     * The first frame of every stream.
     *
     * @param session the session's id
     * @param cursor where the stream begins
     * @param channels the patterns it carries
     * @param heartbeat the longest silence to expect, in milliseconds
     */
    record SessionInit(
            Header header, String session, Cursor cursor, List<String> channels, long heartbeat)
            implements Control {
        /** Copies the list. */
        public SessionInit {
            channels = List.copyOf(channels);
        }

        @Override
        public String kind() {
            return "session_init";
        }
    }

    /**
     * The stream continues after a cursor the reader sent.
     *
     * @param from the reader's cursor
     * @param to the newest entry there was at that moment
     */
    record Resumed(Header header, Cursor from, Cursor to) implements Control {
        @Override
        public String kind() {
            return "resumed";
        }
    }

    /**
     * Entries of the header's channel do not come: all after {@code from} up to {@code to}.
     *
     * @param from the reader's cursor, exactly as it sent it
     * @param reason {@code retention}: they are no longer kept; {@code epoch}: the log is another
     *     one, or has lost its end, and what it has comes from its beginning; {@code limit}: the
     *     stream carries as many channels as it may, so nothing of this one comes later either;
     *     {@code skipped}: the reader wanted only so many of the newest
     */
    record Gap(Header header, String from, Cursor to, String reason, @Nullable String message)
            implements Control {
        @Override
        public String kind() {
            return "gap";
        }

        /** Whether the log went back: an older copy of it took its place. */
        public boolean goesBack() {
            return reason.equals("epoch") && from.startsWith(to.epoch() + "-");
        }
    }

    /**
     * The state of all runs at a cursor: every entry before this frame is in it, none after.
     *
     * @param cursor up to where it was folded
     */
    record Snapshot(Header header, Cursor cursor, List<RunState> runs) implements Control {
        /** Copies the list. */
        public Snapshot {
            runs = List.copyOf(runs);
        }

        @Override
        public String kind() {
            return "snapshot";
        }
    }

    /**
     * The stream lives though nothing happens.
     *
     * @param cursor the newest entry of the log
     */
    record Heartbeat(Header header, Cursor cursor) implements Control {
        @Override
        public String kind() {
            return "heartbeat";
        }
    }

    /**
     * The gateway stops; reconnect after a while.
     *
     * @param retry how long to wait, in milliseconds, different for each reader
     */
    record ServerShuttingDown(Header header, long retry) implements Control {
        @Override
        public String kind() {
            return "server_shutting_down";
        }
    }

    /**
     * From here on the stream carries these patterns. It stands in the stream with the id of the
     * place where the stream is: older entries of channels that were added came before it.
     *
     * @param channels the patterns
     */
    record ChannelsChanged(Header header, List<String> channels) implements Control {
        /** Copies the list. */
        public ChannelsChanged {
            channels = List.copyOf(channels);
        }

        @Override
        public String kind() {
            return "channels_changed";
        }
    }

    /**
     * The reader was far behind: of measurements and progress on the header's channel it gets only
     * the latest of each between two cursors.
     *
     * @param entries how many older ones were left out
     */
    record Conflated(Header header, Cursor from, Cursor to, long entries) implements Control {
        @Override
        public String kind() {
            return "conflated";
        }
    }

    /**
     * The gateway ends this stream, and why; coming back at once does not help.
     *
     * @param reason {@code expired} or {@code revoked}
     * @param message what to do, a sentence
     */
    record SessionEnd(Header header, String reason, @Nullable String message) implements Control {
        @Override
        public String kind() {
            return "session_end";
        }
    }
}
