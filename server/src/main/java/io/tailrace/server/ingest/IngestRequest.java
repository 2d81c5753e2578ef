package io.tailrace.server.ingest;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.model.Channel;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Parameters;
import io.tailrace.server.lines.LineReader;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Locale;

/**
 * What a request says about its body.
 *
 * @param form how the body is to be read
 * @param defaults what holds for all its events
 * @param key the idempotency key
 * @param gzip whether the body is compressed
 * @param reader recognises what loggers of others write; null when nothing is looked for
 * @param raw whether all lines are taken as they are
 */
record IngestRequest(
        Form form,
        Defaults defaults,
        @Nullable String key,
        boolean gzip,
        @Nullable LineReader reader,
        boolean raw) {

    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");
    private static final String[] PARAMETERS = {
        "workspace", "workflow", "run", "task", "attempt", "level", "logger", "parse", "zone"
    };
    private static final int MAX_KEY = 200;
    private static final int MAX_PARAMETER = 256;

    /** How a body is to be read. */
    enum Form {
        /** One JSON object a line. */
        NDJSON,
        /** An object, an array, or one object a line. */
        JSON,
        /** Lines of text. */
        TEXT,
        /** Lines of text, some of which may be events. */
        EITHER
    }

    /** To {@code /api/events}: events name their own channels. */
    static IngestRequest toEvents(ServerRequest request) {
        Form form = form(request, Form.JSON);
        return of(request, form == Form.NDJSON ? form : Form.JSON, null);
    }

    /** To {@code /api/channels/{channel}/events}. */
    static IngestRequest toChannel(ServerRequest request) {
        Channel channel = channel(request.path().pathParameters().get("channel"));
        return of(request, form(request, Form.EITHER), channel);
    }

    private static IngestRequest of(ServerRequest request, Form form, @Nullable Channel channel) {
        Parameters.known(request, PARAMETERS);
        Subject subject =
                new Subject(
                        parameter(request, "workspace"),
                        parameter(request, "workflow"),
                        parameter(request, "run"),
                        parameter(request, "task"),
                        attempt(request),
                        null);
        var defaults = new Defaults(channel, subject, level(request), parameter(request, "logger"));
        return new IngestRequest(
                form,
                defaults,
                key(request),
                gzip(request),
                reader(request, channel),
                raw(request));
    }

    private static boolean raw(ServerRequest request) {
        String parse = parameter(request, "parse");
        if (parse != null && !parse.equals("off") && !parse.equals("auto")) {
            throw bad("Parameter 'parse' must be auto or off.");
        }
        return "off".equals(parse);
    }

    /** Only log lines are recognised. */
    private static @Nullable LineReader reader(ServerRequest request, @Nullable Channel channel) {
        String zone = parameter(request, "zone");
        try {
            ZoneId known = zone == null ? null : ZoneId.of(zone);
            boolean logs = channel != null && channel.type().equals("logs");
            return raw(request) || !logs ? null : new LineReader(known);
        } catch (DateTimeException e) {
            throw bad("Parameter 'zone' must be a time zone such as UTC or Europe/Berlin.");
        }
    }

    /** What curl and others send when nobody says does not tell anything about the body. */
    private static Form form(ServerRequest request, Form otherwise) {
        String given = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        int semicolon = given.indexOf(';');
        String type = semicolon < 0 ? given : given.substring(0, semicolon);
        return switch (type.strip().toLowerCase(Locale.ROOT)) {
            case "application/x-ndjson",
                    "application/ndjson",
                    "application/jsonl",
                    "application/json-lines",
                    "application/x-jsonlines" ->
                    Form.NDJSON;
            case "application/json" -> Form.JSON;
            case "text/plain" -> Form.TEXT;
            case "", "application/x-www-form-urlencoded", "application/octet-stream" -> otherwise;
            default ->
                    throw new HttpProblem(
                            415,
                            "Unsupported media type",
                            "Send application/json, application/x-ndjson or text/plain instead of"
                                    + " '%s'.".formatted(shown(type.strip())));
        };
    }

    private static Channel channel(String name) {
        try {
            return new Channel(name);
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Integer attempt(ServerRequest request) {
        String text = parameter(request, "attempt");
        if (text == null) {
            return null;
        }
        try {
            int attempt = Integer.parseInt(text);
            if (attempt >= 1 && attempt <= 1_000_000) {
                return attempt;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw bad("Parameter 'attempt' must be a whole number from 1.");
    }

    private static @Nullable Level level(ServerRequest request) {
        String text = parameter(request, "level");
        return text == null
                ? null
                : Level.parse(text)
                        .orElseThrow(() ->
                                bad(
                                        "Parameter 'level' must be trace, debug, info, warn or"
                                                + " error."));
    }

    private static @Nullable String key(ServerRequest request) {
        String key = request.headers().first(IDEMPOTENCY_KEY).orElse(null);
        if (key != null && (key.isBlank() || key.length() > MAX_KEY)) {
            throw bad("An Idempotency-Key has 1 to " + MAX_KEY + " characters.");
        }
        return key;
    }

    /** Whether the body is compressed; refuses other ways of packing it. */
    static boolean gzip(ServerRequest request) {
        String encoding = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity");
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> true;
            case "identity", "" -> false;
            default ->
                    throw new HttpProblem(
                            415,
                            "Unsupported media type",
                            "Send the body as it is or with Content-Encoding gzip, not '%s'."
                                    .formatted(shown(encoding)));
        };
    }

    private static @Nullable String parameter(ServerRequest request, String name) {
        String value = Parameters.only(request, name);
        if (value != null && value.length() > MAX_PARAMETER) {
            throw bad(
                    "Parameter '%s' may have at most %d characters."
                            .formatted(name, MAX_PARAMETER));
        }
        return value == null || value.isEmpty() ? null : value;
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    private static HttpProblem bad(String detail) {
        return new HttpProblem(400, "Bad request", detail);
    }
}
