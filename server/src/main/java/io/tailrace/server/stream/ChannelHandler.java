package io.tailrace.server.stream;

import com.fasterxml.jackson.core.JsonGenerator;

import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.server.http.Answers;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.JsonRequest;
import io.tailrace.server.http.Parameters;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * {@code GET /api/channels} and {@code GET /api/channels/{channel}/events}: what there is, and
 * pages of it for those who cannot stream. Channels of sessions are private and not listed.
 * Thread-safe.
 */
public final class ChannelHandler {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final long PAGE_BYTES = 4L << 20;

    private final Broker broker;
    private final EventLog log;

    /** Reads that log, up to what the broker has announced. */
    public ChannelHandler(Broker broker, EventLog log) {
        this.broker = broker;
        this.log = log;
    }

    /** All channels that the caller may read, with what is kept of them. */
    public void list(ServerRequest request, ServerResponse response) {
        Caller caller = Caller.of(request);
        List<ChannelInfo> infos =
                log.channels().stream()
                        .filter(info -> !info.channel().type().equals("session"))
                        .filter(info -> caller.may(Permission.SUBSCRIBE, info.channel()))
                        .sorted(Comparator.comparing(ChannelInfo::channel))
                        .toList();
        Answers.json(
                request,
                response,
                Json.object(json -> {
                    json.writeStringField("cursor", broker.newest().toString());
                    Json.objects(json, "channels", infos, this::channel);
                }));
    }

    private void channel(JsonGenerator json, ChannelInfo info) throws IOException {
        json.writeStringField("channel", info.channel().name());
        json.writeNumberField("events", info.count());
        json.writeNumberField("bytes", info.bytes());
        json.writeStringField("newest", cursor(info.newest()));
        json.writeStringField("trimmed_to", cursor(info.trimmedTo()));
    }

    /** A page of one channel: what comes after a cursor, or the newest before one. */
    public void page(ServerRequest request, ServerResponse response) {
        Channel channel = channel(request.path().pathParameters().get("channel"));
        Caller.of(request).require(Permission.SUBSCRIBE, channel);
        Parameters.known(request, "after", "before", "limit");
        int limit = Parameters.number(request, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        long newest = upTo(request);
        boolean backwards = request.query().first("before").isPresent();
        long after =
                backwards ? log.beforeNewest(channel, limit, newest) : position(request, "after");
        List<StoredEntry> entries = log.read(List.of(channel), after, newest, limit, PAGE_BYTES);
        long trimmedTo = log.channel(channel).map(ChannelInfo::trimmedTo).orElse(0L);
        // A full page may have more behind it; otherwise everything up to the newest was looked at.
        long next = entries.isEmpty() ? Math.max(after, newest) : entries.getLast().position();
        Answers.json(
                request,
                response,
                Json.object(json -> {
                    json.writeArrayFieldStart("events");
                    for (StoredEntry entry : entries) {
                        Items.write(json, cursor(entry.position()), entry.json());
                    }
                    json.writeEndArray();
                    json.writeStringField("next", cursor(next));
                    if (trimmedTo > after) {
                        json.writeStringField("missing_up_to", cursor(trimmedTo));
                    }
                }));
    }

    private static Channel channel(String name) {
        try {
            return new Channel(name);
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(String.valueOf(e.getMessage()));
        }
    }

    /** The last position that the page may have: with {@code before}, the one before that. */
    private long upTo(ServerRequest request) {
        if (request.query().first("before").isEmpty()) {
            return broker.newest().position();
        }
        if (request.query().first("after").isPresent()) {
            throw JsonRequest.bad("Give 'after' or 'before', not both.");
        }
        return Math.max(0, position(request, "before") - 1);
    }

    private long position(ServerRequest request, String parameter) {
        String text = request.query().first(parameter).orElse("");
        if (text.isEmpty()) {
            return 0;
        }
        try {
            Cursor cursor = Cursor.parse(text);
            if (!cursor.epoch().equals(log.epoch())) {
                throw new HttpProblem(
                        410,
                        "Gone",
                        "Cursor '%s' belongs to another life of the log: begin without '%s'."
                                .formatted(text, parameter));
            }
            if (cursor.position() > broker.newest().position()) {
                throw new HttpProblem(
                        410,
                        "Gone",
                        "Cursor '%s' lies behind the end of the log, which must have lost what it names: begin without '%s'."
                                .formatted(text, parameter));
            }
            return cursor.position();
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(String.valueOf(e.getMessage()));
        }
    }

    private String cursor(long position) {
        return new Cursor(log.epoch(), position).toString();
    }
}
