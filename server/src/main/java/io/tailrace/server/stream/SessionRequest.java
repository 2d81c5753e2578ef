package io.tailrace.server.stream;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.server.http.JsonRequest;
import io.tailrace.server.http.Parameters;
import io.tailrace.wire.Seen;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a reader asks for.
 *
 * @param id the session
 * @param named whether the reader chose it; otherwise it is nobody's and used only once
 * @param patterns the channels
 * @param after where it goes on
 * @param seen marks of entries that it has, newest first
 * @param most how many of the newest entries of each channel it catches up with at most
 * @param tail how many of the newest entries of each channel it begins with
 * @param snapshot whether it wants the state of runs, at first and after each gap
 * @param snapshotDue whether it wants it also though it resumes: an earlier stream was cut first
 */
record SessionRequest(
        String id,
        boolean named,
        List<ChannelPattern> patterns,
        @Nullable Cursor after,
        List<Seen> seen,
        long most,
        long tail,
        boolean snapshot,
        boolean snapshotDue) {

    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final HeaderName SEEN = HeaderNames.create(Seen.HEADER);
    static final int MAX_TAIL = 100_000;

    static SessionRequest of(ServerRequest request) {
        Parameters.known(request, "channels", "after", "most", "tail", "snapshot", "snapshot_due");
        return of(request, request.path().pathParameters().get("session"), true);
    }

    /** Of a page: its session is a parameter like the others. */
    static SessionRequest ofPage(ServerRequest request) {
        Parameters.known(
                request,
                "channels",
                "after",
                "limit",
                "wait",
                "session",
                "most",
                "tail",
                "snapshot",
                "snapshot_due");
        Optional<String> named = request.query().first("session").asOptional();
        return of(request, named.orElseGet(SessionRequest::unnamed), named.isPresent());
    }

    /** Each page that names no session is one of its own: it stands in nobody's way. */
    private static String unnamed() {
        return "poll-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static SessionRequest of(ServerRequest request, String id, boolean named) {
        return new SessionRequest(
                checkedId(id),
                named,
                patterns(request),
                after(request),
                seen(request),
                most(request),
                Parameters.number(request, "tail", 0, MAX_TAIL, 0),
                flag(request, "snapshot"),
                flag(request, "snapshot_due"));
    }

    static String checkedId(String id) {
        boolean fine =
                !id.isEmpty()
                        && id.length() <= 64
                        && id.chars()
                                .allMatch(c ->
                                        c < 128
                                                && (Character.isLetterOrDigit(c)
                                                        || "._-".indexOf(c) >= 0));
        if (!fine) {
            throw JsonRequest.bad("A session id has 1 to 64 letters, digits, '.', '_' or '-'.");
        }
        return id;
    }

    private static List<ChannelPattern> patterns(ServerRequest request) {
        List<String> texts = new ArrayList<>();
        for (String value : request.query().all("channels", List::of)) {
            texts.addAll(List.of(value.split(",", -1)));
        }
        List<ChannelPattern> patterns = List.copyOf(Patterns.parse(texts));
        if (patterns.isEmpty()) {
            throw JsonRequest.bad(
                    "Parameter 'channels' is missing: name channels or patterns, separated by"
                            + " commas, such as channels=logs:my-team:*,runs:*.");
        }
        return patterns;
    }

    /** What a browser repeats by itself wins over what the address says. */
    private static @Nullable Cursor after(ServerRequest request) {
        String header = request.headers().first(LAST_EVENT_ID).orElse("");
        String text = header.isEmpty() ? request.query().first("after").orElse("") : header;
        try {
            return text.isEmpty() ? null : Cursor.parse(text);
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(String.valueOf(e.getMessage()));
        }
    }

    private static List<Seen> seen(ServerRequest request) {
        try {
            return Seen.parse(request.headers().first(SEEN).orElse(""));
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(String.valueOf(e.getMessage()));
        }
    }

    private static long most(ServerRequest request) {
        int most = Parameters.number(request, "most", 0, Integer.MAX_VALUE, 0);
        return most == 0 ? Long.MAX_VALUE : most;
    }

    private static boolean flag(ServerRequest request, String name) {
        return switch (request.query().first(name).orElse("false")) {
            case "true", "1", "" -> true;
            case "false", "0" -> false;
            default ->
                    throw JsonRequest.bad("Parameter '%s' must be true or false.".formatted(name));
        };
    }
}
