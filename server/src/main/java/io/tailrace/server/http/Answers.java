package io.tailrace.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import java.nio.charset.StandardCharsets;

/** Small answers, to GET with and to HEAD without their body. Keeps no state. */
public final class Answers {

    private Answers() {}

    /** A JSON object. */
    public static void json(ServerRequest request, ServerResponse response, byte[] json) {
        send(request, response, "application/json", json);
    }

    /** Text for people. */
    public static void text(ServerRequest request, ServerResponse response, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        send(request, response, "text/plain; charset=utf-8", bytes);
    }

    /** Anything else. */
    public static void send(
            ServerRequest request, ServerResponse response, String type, byte[] body) {
        response.header(HeaderNames.CONTENT_TYPE, type);
        if (request.prologue().method().equals(Method.HEAD)) {
            response.header(HeaderNames.CONTENT_LENGTH, String.valueOf(body.length));
            response.send();
        } else {
            response.send(body);
        }
    }
}
