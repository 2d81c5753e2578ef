package io.tailrace.client;

import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseFrame;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** Frames as the gateway writes them. */
final class Frames {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Frames() {}

    static byte[] init(int heartbeatMillis) {
        return init(heartbeatMillis, "logs:acme:*");
    }

    static byte[] init(int heartbeatMillis, String... channels) {
        return frame(
                null,
                new Event.SessionInit(
                        session(), "s1", Cursor.parse("e1-7"), List.of(channels), heartbeatMillis));
    }

    static byte[] log(String id) {
        return log(id, "line " + id);
    }

    static byte[] log(@Nullable String id, String message) {
        Header header = Header.of(Channel.logs("acme", "nightly"), NOON, Subject.NONE);
        return frame(id, new Event.Log(header, Level.INFO, message, null, null));
    }

    /** A frame of any channel. */
    static byte[] at(String channel, String id) {
        return frame(id, event(channel, id));
    }

    /** An entry as it stands on a page. */
    static String json(String id) {
        return json("logs:acme:nightly", id);
    }

    static String json(String channel, String id) {
        return item(id, new String(EventCodec.encode(event(channel, id)), StandardCharsets.UTF_8));
    }

    private static Event event(String channel, String id) {
        Header header = Header.of(new Channel(channel), NOON, Subject.NONE);
        return new Event.Log(header, Level.INFO, "line " + id, null, null);
    }

    static String page(String next, String... items) {
        return "{\"events\":[" + String.join(",", items) + "],\"next\":\"" + next + "\"}";
    }

    /** An item of a page. */
    static String item(@Nullable String cursor, String event) {
        String place = cursor == null ? "" : "\"cursor\":\"" + cursor + "\",";
        return "{" + place + "\"event\":" + event + "}";
    }

    static byte[] gap(String from, String to) {
        return frame(null, new Event.Gap(session(), from, Cursor.parse(to), "epoch", null));
    }

    static byte[] snapshot(String at) {
        return frame(null, new Event.Snapshot(session(), Cursor.parse(at), List.of()));
    }

    static byte[] heartbeat(String at) {
        return frame(null, new Event.Heartbeat(session(), Cursor.parse(at)));
    }

    static byte[] sessionEnd(String reason, @Nullable String message) {
        return frame(null, new Event.SessionEnd(session(), reason, message));
    }

    static byte[] channelsChanged(@Nullable String id, String... channels) {
        return frame(id, new Event.ChannelsChanged(session(), List.of(channels)));
    }

    static byte[] shuttingDown(long retry) {
        return frame(null, new Event.ServerShuttingDown(session(), retry));
    }

    private static byte[] frame(@Nullable String id, Event event) {
        return SseFrame.event(id, event.kind(), EventCodec.encode(event));
    }

    private static Header session() {
        return Header.of(Channel.session("s1"), NOON, Subject.NONE);
    }
}
