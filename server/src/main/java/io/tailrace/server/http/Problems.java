package io.tailrace.server.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ErrorHandler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.server.broker.BrokerException;
import io.tailrace.server.eventlog.EventLogException;
import io.tailrace.wire.MalformedEventException;

import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Everything that goes wrong with a request becomes {@code application/problem+json} here, and only
 * here. Thread-safe.
 */
public final class Problems implements ErrorHandler<Throwable>, DirectHandler {

    private static final System.Logger LOGGER = System.getLogger(Problems.class.getName());
    private static final String TYPE = "application/problem+json";
    private static final long SMALL_BODY = 64 * 1024;

    private final Observer observer;

    /** Is told of requests that are refused before a route is found; any thread. */
    @FunctionalInterface
    public interface Observer {

        /** A request is answered like that; what is known of it may be little. */
        void refused(TransportRequest request, int status, long bytes);
    }

    /** Tells that observer. */
    public Problems(Observer observer) {
        this.observer = observer;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response, Throwable thrown) {
        if (thrown instanceof CloseConnectionException close) {
            throw close;
        }
        HttpProblem problem = problem(request, thrown);
        send(request, response, problem, Json.Members.NONE);
    }

    /** Answers with a problem that has further members. */
    public static void send(
            ServerRequest request,
            ServerResponse response,
            HttpProblem problem,
            Json.Members further) {
        response.status(Status.create(problem.status()));
        boolean later = problem.status() == 503 || problem.status() == 429;
        if (later && !response.headers().contains(HeaderNames.RETRY_AFTER)) {
            response.header(HeaderNames.RETRY_AFTER, String.valueOf(problem.retrySeconds()));
        }
        response.header(HeaderNames.CONTENT_TYPE, TYPE);
        if (problem.closing()) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        if (request.prologue().method().equals(Method.HEAD)) {
            response.send();
        } else {
            response.send(json(problem, further));
        }
        if (problem.closing()) {
            throw new CloseConnectionException(problem.detail());
        }
    }

    /**
     * Answers with a problem before the body was read. A small body is passed over and the
     * connection kept; another one, which may never end, is not waited for.
     */
    public static void refuse(ServerRequest request, ServerResponse response, HttpProblem problem) {
        boolean unread =
                request.headers().contains(HeaderNames.TRANSFER_ENCODING)
                        || request.headers().contentLength().orElse(0) > SMALL_BODY;
        if (unread) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        send(request, response, problem, Json.Members.NONE);
        if (unread) {
            throw new CloseConnectionException("The rest of the body is not wanted.");
        }
    }

    private static HttpProblem problem(ServerRequest request, Throwable thrown) {
        return switch (thrown) {
            case HttpProblem problem -> problem;
            case MalformedEventException e -> new HttpProblem(400, "Bad request", said(e));
            case BrokerException e -> new HttpProblem(503, "Not available", said(e));
            case EventLogException e -> new HttpProblem(503, "Not available", said(e));
            case HttpException e when e.status().code() == 404 -> nothingThere(request);
            case HttpException e when e.status().code() < 500 ->
                    new HttpProblem(e.status().code(), e.status().reasonPhrase(), said(e));
            default -> fault(request.prologue().method() + " " + path(request), thrown);
        };
    }

    private static HttpProblem nothingThere(ServerRequest request) {
        return new HttpProblem(
                404,
                "Not found",
                "There is nothing at '%s'. GET / says what there is.".formatted(path(request)));
    }

    private static String path(ServerRequest request) {
        String path = request.prologue().uriPath().rawPath();
        return path.length() > 100 ? path.substring(0, 100) + "…" : path;
    }

    /** What follows the question mark is the caller's business, and may be secret. */
    private static String withoutQuery(String path) {
        int mark = path.indexOf('?');
        return mark < 0 ? path : path.substring(0, mark);
    }

    /** A fault of ours: the log has the details, the answer only where to find them. */
    private static HttpProblem fault(String what, Throwable thrown) {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        LOGGER.log(System.Logger.Level.ERROR, "Request failed, fault " + id + ": " + what, thrown);
        return new HttpProblem(
                500,
                "Internal error",
                "The gateway failed to answer. Its log says why under fault %s.".formatted(id));
    }

    /** What the server refuses before a route is found, such as a header that is too large. */
    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType event,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        HttpProblem problem =
                status.code() >= 500 && event == EventType.INTERNAL_ERROR
                        ? fault(
                                request.method() + " " + withoutQuery(request.path()),
                                new Refused(String.valueOf(message)))
                        : new HttpProblem(
                                status.code(), status.reasonPhrase(), sentence(message, status));
        byte[] entity = json(problem, Json.Members.NONE);
        observer.refused(request, problem.status(), entity.length);
        return TransportResponse.builder()
                .status(Status.create(problem.status()))
                .headers(headers)
                .header(HeaderNames.CONTENT_TYPE, TYPE)
                .entity(entity)
                .build();
    }

    /** Only carries what the server says to the log. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message, null, false, false);
        }
    }

    /** The server's own words say little; what it keeps to itself may be dangerous to repeat. */
    private static String sentence(@Nullable String message, Status status) {
        String said = withoutEnd(said(message, status));
        return switch (status.code()) {
            case 414 -> "The address is too long: a request line has at most 4 KiB.";
            case 505 -> "The gateway speaks HTTP/1.1: ask with that version.";
            case 400 -> malformed(said);
            default -> "The request cannot be taken: " + said + ".";
        };
    }

    private static String malformed(String said) {
        if (said.contains("see server log")) {
            return "The request cannot be understood: send one well-formed line, then headers.";
        }
        return said.toLowerCase(Locale.ROOT).contains("header")
                ? "The headers cannot be understood (%s): they have at most 16 KiB in all, and one Host."
                        .formatted(said)
                : "The request cannot be taken: " + said + ".";
    }

    private static String said(@Nullable String message, Status status) {
        return message == null || message.isBlank() ? status.reasonPhrase() : message;
    }

    private static String withoutEnd(String text) {
        return text.strip().replaceFirst("[.:]+$", "");
    }

    private static String said(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "The request cannot be answered." : message;
    }

    private static byte[] json(HttpProblem problem, Json.Members further) {
        return Json.object(json -> {
            json.writeStringField("type", "about:blank");
            json.writeStringField("title", problem.title());
            json.writeNumberField("status", problem.status());
            json.writeStringField("detail", problem.detail());
            further.write(json);
        });
    }
}
