package io.tailrace.wire;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.RunState;

import java.util.List;

/** Reads the members of what the gateway tells one reader about its stream. */
final class ControlReader {

    private static final long DEFAULT_RETRY_MILLIS = 1_000;

    private ControlReader() {}

    static Event read(Draft draft) {
        return switch (draft.kind()) {
            case "session_init" -> sessionInit(draft);
            case "resumed" -> {
                Cursor from = draft.requiredCursor("from");
                Cursor to = draft.requiredCursor("to");
                yield new Event.Resumed(draft.header(), from, to);
            }
            case "gap" -> {
                String from = draft.requiredText("from");
                Cursor to = draft.requiredCursor("to");
                String reason = draft.fields().text("reason", () -> "retention");
                String message = draft.fields().text("message");
                yield new Event.Gap(draft.header(), from, to, reason, message);
            }
            case "snapshot" -> {
                Cursor cursor = draft.requiredCursor("cursor");
                List<RunState> runs = RunCodec.read(draft.fields().objects("runs"));
                yield new Event.Snapshot(draft.header(), cursor, runs);
            }
            case "heartbeat" -> {
                Cursor cursor = draft.requiredCursor("cursor");
                yield new Event.Heartbeat(draft.header(), cursor);
            }
            case "channels_changed" -> {
                List<String> channels = draft.fields().texts("channels");
                yield new Event.ChannelsChanged(draft.header(), channels);
            }
            case "conflated" -> {
                Cursor from = draft.requiredCursor("from");
                Cursor to = draft.requiredCursor("to");
                Long entries = draft.fields().count("entries");
                yield new Event.Conflated(draft.header(), from, to, entries == null ? 0 : entries);
            }
            case "session_end" -> {
                String reason = draft.fields().text("reason", () -> "revoked");
                String message = draft.fields().text("message");
                yield new Event.SessionEnd(draft.header(), reason, message);
            }
            default -> {
                Long retry = draft.fields().count("retry");
                yield new Event.ServerShuttingDown(
                        draft.header(), retry == null ? DEFAULT_RETRY_MILLIS : retry);
            }
        };
    }

    private static Event sessionInit(Draft draft) {
        String session = draft.requiredText("session");
        Cursor cursor = draft.requiredCursor("cursor");
        List<String> channels = draft.fields().texts("channels");
        Long heartbeat = draft.fields().count("heartbeat");
        return new Event.SessionInit(
                draft.header(), session, cursor, channels, heartbeat == null ? 0 : heartbeat);
    }
}
