package io.tailrace.client;

import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.wire.Seen;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is asked of the gateway in one try.
 *
 * @param uri with its parameters
 * @param lastEventId the cursor that a stream is to continue after
 * @param seen marks of entries that were received; empty without a cursor
 * @param form what is to come back
 * @param answer how long the beginning of the answer may take
 */
record FeedRequest(URI uri, @Nullable String lastEventId, String seen, Form form, Duration answer) {

    /** The most entries of one page. */
    static final int PAGE = 1_000;

    /** What comes back. */
    enum Form {
        STREAM("text/event-stream", "an event stream"),
        PAGE("application/json", "events");

        private final String type;
        private final String words;

        Form(String type, String words) {
            this.type = type;
            this.words = words;
        }

        String type() {
            return type;
        }

        String words() {
            return words;
        }
    }

    /**
     * Where a feed is to begin.
     *
     * @param settings of the connection
     * @param channels what it carries
     * @param cursor what was received up to
     * @param seen marks of entries up to the cursor
     * @param snapshotDue whether a snapshot is still waited for: then it is wanted even when the
     *     feed resumes without a gap
     */
    record Begin(
            RootConnectionSettings settings,
            List<ChannelPattern> channels,
            @Nullable Cursor cursor,
            List<Seen> seen,
            boolean snapshotDue) {

        /** Copies the list. */
        Begin {
            channels = List.copyOf(channels);
            seen = List.copyOf(seen);
        }
    }

    /** The session's stream, whose answer the gateway begins at once. */
    static FeedRequest stream(Begin begin) {
        RootConnectionSettings settings = begin.settings();
        String path = "/api/sse/session/" + GatewayAddress.encoded(settings.sessionId()) + "?";
        return new FeedRequest(
                GatewayAddress.at(settings.gateway(), path + query(begin)),
                begin.cursor() == null ? null : begin.cursor().toString(),
                Seen.header(begin.seen()),
                Form.STREAM,
                settings.timing().first().multipliedBy(2));
    }

    /**
     * A page of what the stream would carry.
     *
     * @param limit at most so many entries
     * @param wait how long the gateway may wait for a first one
     */
    static FeedRequest page(Begin begin, int limit, Duration wait) {
        RootConnectionSettings settings = begin.settings();
        StringBuilder path = new StringBuilder("/api/events?");
        path.append(query(begin));
        if (begin.cursor() != null) {
            path.append("&after=").append(begin.cursor());
        }
        path.append("&limit=").append(limit).append("&wait=").append(wait.toSeconds());
        path.append("&session=").append(GatewayAddress.encoded(settings.sessionId()));
        return new FeedRequest(
                GatewayAddress.at(settings.gateway(), path.toString()),
                null,
                Seen.header(begin.seen()),
                Form.PAGE,
                settings.timing().answer().plus(wait));
    }

    /** The same, but less patient. */
    FeedRequest within(Duration limit) {
        return new FeedRequest(uri, lastEventId, seen, form, limit);
    }

    private static String query(Begin begin) {
        RootConnectionSettings settings = begin.settings();
        StringBuilder query = new StringBuilder("channels=");
        query.append(
                begin.channels().stream()
                        .map(ChannelPattern::toString)
                        .map(GatewayAddress::encoded)
                        .collect(Collectors.joining(",")));
        if (begin.cursor() == null && settings.tail() > 0) {
            query.append("&tail=").append(settings.tail());
        }
        if (begin.cursor() != null && settings.most() > 0) {
            query.append("&most=").append(settings.most());
        }
        if (settings.snapshot()) {
            query.append("&snapshot=true");
            if (begin.cursor() != null && begin.snapshotDue()) {
                query.append("&snapshot_due=true");
            }
        }
        return query.toString();
    }
}
