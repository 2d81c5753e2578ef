package io.tailrace.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaTypes;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.model.RunKey;
import io.tailrace.server.access.AccessAdmin;
import io.tailrace.server.access.Authenticator;
import io.tailrace.server.access.Caller;
import io.tailrace.server.chat.ChatService;
import io.tailrace.server.command.CommandService;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.Problems;
import io.tailrace.server.http.RequestGuard;
import io.tailrace.server.ingest.BodySource;
import io.tailrace.server.ingest.IngestHandler;
import io.tailrace.server.ops.Health;
import io.tailrace.server.runs.RunQueries;
import io.tailrace.server.stream.ChangeHandler;
import io.tailrace.server.stream.ChannelHandler;
import io.tailrace.server.stream.PollHandler;
import io.tailrace.server.stream.SessionHandler;
import io.tailrace.server.stream.SessionInfo;
import io.tailrace.server.stream.SessionRegistry;
import io.tailrace.server.stream.StreamContext;

import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Every URL of the gateway.
 *
 * @param problems answers everything that goes wrong
 */
record Routes(
        Problems problems,
        RequestGuard guard,
        Authenticator authenticator,
        AccessAdmin access,
        IngestHandler ingest,
        StreamContext streams,
        SessionRegistry sessions,
        ChannelHandler channels,
        RunQueries runs,
        ChatService chat,
        CommandService commands,
        Health health,
        Supplier<String> metrics) {

    void apply(HttpRouting.Builder routing) {
        routing.addFilter(guard).addFilter(authenticator).error(Throwable.class, problems);
        on(routing, "/", "GET", this::home);

        routing.get("/api/events", new PollHandler(streams)::handle);
        on(routing, "/api/events", "POST", ingest::events, "GET, POST");
        String events = "/api/channels/{channel}/events";
        routing.get(events, channels::page).post(events, ingest::channel);
        on(routing, events, "PUT", ingest::channel, "GET, POST, PUT");

        String session = "/api/sse/session/{session}";
        on(routing, session, "GET", new SessionHandler(streams)::handle);
        var change = new ChangeHandler(streams);
        routing.patch(session + "/channels", changed(change::amend));
        on(routing, session + "/channels", "PUT", changed(change::replace), "PATCH, PUT");
        on(routing, "/api/sessions", "GET", admin(this::openSessions));
        on(routing, "/api/channels", "GET", channels::list);
        on(routing, "/api/runs", "GET", this::runList);
        on(routing, "/api/runs/{run}", "GET", this::runById);
        on(routing, "/api/runs/{workspace}/{workflow}/{run}", "GET", this::run);

        on(routing, "/api/chat/question", "POST", answered(chat::ask));
        on(routing, "/api/commands", "POST", answered(commands::submit));

        on(routing, "/health/live", "GET", (_, response) -> text(response, "alive\n"));
        on(routing, "/health/ready", "GET", this::ready);
        on(routing, "/metrics", "GET", admin(this::scrape));
        new AccessRoutes(access).apply(routing);
    }

    /** Only for those who run the gateway. */
    static Handler admin(Handler handler) {
        return (request, response) -> {
            Caller.of(request).requireAdmin();
            handler.handle(request, response);
        };
    }

    static void on(HttpRouting.Builder routing, String path, String method, Handler handler) {
        on(routing, path, method, handler, method);
    }

    /** The path with that method; every other one is told which there are. */
    static void on(
            HttpRouting.Builder routing,
            String path,
            String method,
            Handler handler,
            String allowed) {
        routing.route(Method.create(method), path, handler);
        routing.any(
                path,
                (request, response) -> {
                    response.header(HeaderNames.ALLOW, allowed);
                    throw new HttpProblem(
                            405,
                            "Method not allowed",
                            "%s does not go here: use %s."
                                    .formatted(request.prologue().method().text(), allowed));
                });
    }

    /** A small request about a stream, answered at once. */
    private static Handler changed(BiFunction<ServerRequest, byte[], byte[]> service) {
        return (request, response) ->
                json(response, service.apply(request, BodySource.small(request)));
    }

    /** A small request, taken now and answered on the stream. */
    private static Handler answered(BiFunction<Caller, byte[], byte[]> service) {
        return (request, response) -> {
            byte[] body = BodySource.small(request);
            byte[] reply = service.apply(Caller.of(request), body);
            response.status(Status.ACCEPTED_202);
            json(response, reply);
        };
    }

    private void home(ServerRequest request, ServerResponse response) {
        String host = request.headers().first(HeaderNames.HOST).orElse("localhost");
        text(
                response,
                """
                This is a Tailrace gateway: it takes events in, keeps them, and streams them.

                Publish:  curl -d '{"channel":"logs:me:hello","message":"hi"}' %1$s/api/events
                A pipe:   your-job 2>&1 | curl -T - '%1$s/api/channels/logs:me:hello/events?run=1'
                Watch:    curl -N '%1$s/api/sse/session/me?channels=logs:me:*&tail=10'
                Look:     %1$s/api/runs  %1$s/api/channels  %1$s/api/sessions
                Operate:  %1$s/health/live  %1$s/health/ready  %1$s/metrics
                """
                        .formatted((request.isSecure() ? "https://" : "http://") + host));
    }

    private void openSessions(ServerRequest request, ServerResponse response) {
        json(
                response,
                Json.object(json -> {
                    json.writeArrayFieldStart("sessions");
                    for (SessionInfo info : sessions.infos()) {
                        json.writeStartObject();
                        json.writeStringField("session", info.id());
                        json.writeArrayFieldStart("channels");
                        for (String channel : info.channels()) {
                            json.writeString(channel);
                        }
                        json.writeEndArray();
                        json.writeStringField("started", info.started().toString());
                        json.writeStringField("cursor", info.position().toString());
                        json.writeStringField("caller", info.caller());
                        json.writeStringField("transport", info.transport());
                        json.writeNumberField("lag", info.lag());
                        json.writeNumberField("lag_seconds", info.age().toMillis() / 1e3);
                        json.writeNumberField("conflated", info.conflated());
                        json.writeNumberField("bytes", info.bytes());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }));
    }

    private void runList(ServerRequest request, ServerResponse response) {
        var query = request.query();
        json(
                response,
                runs.list(
                        Caller.of(request),
                        query.first("workspace").orElse(null),
                        query.first("workflow").orElse(null),
                        query.first("status").orElse(null),
                        query.first("limit").orElse(null)));
    }

    private void runById(ServerRequest request, ServerResponse response) {
        json(response, runs.one(Caller.of(request), request.path().pathParameters().get("run")));
    }

    private void run(ServerRequest request, ServerResponse response) {
        var path = request.path().pathParameters();
        json(
                response,
                runs.one(
                        Caller.of(request),
                        new RunKey(path.get("workspace"), path.get("workflow"), path.get("run"))));
    }

    private void ready(ServerRequest request, ServerResponse response) {
        health.notReady()
                .ifPresent(reason -> {
                    throw new HttpProblem(503, "Not ready", reason);
                });
        text(response, "ready\n");
    }

    private void scrape(ServerRequest request, ServerResponse response) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
        response.send(metrics.get());
    }

    private static void text(ServerResponse response, String text) {
        response.headers().contentType(HttpMediaTypes.PLAINTEXT_UTF_8);
        response.send(text);
    }

    static void json(ServerResponse response, byte[] json) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(json);
    }
}
