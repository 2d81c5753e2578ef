package io.tailrace.server.stream;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.server.access.Caller;
import io.tailrace.server.http.HttpProblem;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What a reader asks for.
 *
 * @param id the session
 * @param patterns the channels
 * @param after where it goes on
 * @param tail how many of the newest entries of each channel it begins with
 * @param snapshot whether it wants the state of runs, at first and after each gap
 * @param snapshotDue whether it wants it also though it resumes: an earlier stream was cut first
 */
record SessionRequest(
        String id,
        List<ChannelPattern> patterns,
        @Nullable Cursor after,
        long tail,
        boolean snapshot,
        boolean snapshotDue) {

    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    static final long MAX_TAIL = 100_000;

    static SessionRequest of(ServerRequest request) {
        return of(request, request.path().pathParameters().get("session"));
    }

    /** Of a page: its session is a parameter like the others. */
    static SessionRequest ofPage(ServerRequest request) {
        return of(request, request.query().first("session").orElseGet(() -> page(request)));
    }

    /** One who names no session has one of his own for all his pages. */
    private static String page(ServerRequest request) {
        return "poll-" + Integer.toHexString(Caller.of(request).name().hashCode());
    }

    private static SessionRequest of(ServerRequest request, String id) {
        return new SessionRequest(
                checkedId(id),
                patterns(request),
                after(request),
                tail(request),
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
            throw bad("A session id has 1 to 64 letters, digits, '.', '_' or '-'.");
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
            throw bad(
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
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private static long tail(ServerRequest request) {
        String text = request.query().first("tail").orElse("0");
        try {
            long tail = Long.parseLong(text);
            if (tail >= 0 && tail <= MAX_TAIL) {
                return tail;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw bad("Parameter 'tail' must be a whole number from 0 to %d.".formatted(MAX_TAIL));
    }

    private static boolean flag(ServerRequest request, String name) {
        return switch (request.query().first(name).orElse("false")) {
            case "true", "1", "" -> true;
            case "false", "0" -> false;
            default -> throw bad("Parameter '%s' must be true or false.".formatted(name));
        };
    }

    private static HttpProblem bad(String detail) {
        return new HttpProblem(400, "Bad request", detail);
    }
}
