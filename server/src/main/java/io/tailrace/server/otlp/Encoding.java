package io.tailrace.server.otlp;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.tailrace.server.http.HttpProblem;

import java.util.Locale;

/** How requests are encoded, and so their replies. */
enum Encoding {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    private final String type;

    Encoding(String type) {
        this.type = type;
    }

    /** The content type. */
    String type() {
        return type;
    }

    /** That of a request; JSON when it is neither, so that a person can read why it is refused. */
    static Encoding of(ServerRequest request) {
        return type(request).endsWith("protobuf") ? PROTOBUF : JSON;
    }

    /**
     * Goes on only when the request is encoded in one of these ways.
     *
     * @throws HttpProblem 415 when it is not
     */
    static void check(ServerRequest request) {
        switch (type(request)) {
            case "application/x-protobuf", "application/protobuf", "application/json" -> {}
            default ->
                    throw new HttpProblem(
                            415,
                            "Unsupported media type",
                            "Send application/x-protobuf or application/json; over gRPC this"
                                + " gateway takes nothing, so set OTEL_EXPORTER_OTLP_PROTOCOL to"
                                + " http/protobuf.");
        }
    }

    private static String type(ServerRequest request) {
        String given = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        int semicolon = given.indexOf(';');
        String type = semicolon < 0 ? given : given.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }
}
