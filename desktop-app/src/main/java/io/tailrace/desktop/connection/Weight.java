package io.tailrace.desktop.connection;

import io.tailrace.client.StreamItem;
import io.tailrace.model.Event;

import org.jspecify.annotations.Nullable;

/** Estimates how much memory an item holds on to, so that an inbox can be bounded in bytes. */
final class Weight {

    private static final int OBJECTS = 256; // header, subject, timestamps, cursor
    private static final int PER_FIELD = 96;
    private static final int PER_RUN = 4096;

    private Weight() {}

    static int of(StreamItem item) {
        return switch (item) {
            case StreamItem.Received received -> of(received.entry().event());
            case StreamItem.Told told -> of(told.control());
            case StreamItem.Changed _ -> OBJECTS;
            case StreamItem.Warned warned -> OBJECTS + length(warned.warning());
            case StreamItem.Unreadable unreadable -> OBJECTS + length(unreadable.reason());
        };
    }

    private static int of(Event event) {
        int texts =
                switch (event) {
                    case Event.Log log -> length(log.message()) + length(log.error());
                    case Event.Failed failed ->
                            length(failed.error()) + length(failed.stackTrace());
                    case Event.Educational lesson -> length(lesson.content());
                    case Event.ChatQuestion question -> length(question.message());
                    case Event.ChatResponse answer ->
                            length(answer.message()) + PER_FIELD * answer.citations().size();
                    case Event.WorkflowStarted started -> PER_FIELD * started.tasks().size();
                    case Event.Snapshot snapshot -> PER_RUN * snapshot.runs().size();
                    case Event.WorkflowProgress _,
                            Event.PartialResults _,
                            Event.WorkflowComplete _,
                            Event.Progress _,
                            Event.Complete _,
                            Event.Status _,
                            Event.Metric _,
                            Event.Alert _,
                            Event.Command _,
                            Event.Other _,
                            Event.SessionInit _,
                            Event.Resumed _,
                            Event.Gap _,
                            Event.Heartbeat _,
                            Event.ChannelsChanged _,
                            Event.Conflated _,
                            Event.SessionEnd _,
                            Event.ServerShuttingDown _ ->
                            0; // small: covered by OBJECTS
                };
        int fields = 0;
        for (Object value : event.header().fields().values()) {
            fields += PER_FIELD + (value instanceof String text ? length(text) : 0);
        }
        return OBJECTS + texts + fields;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
