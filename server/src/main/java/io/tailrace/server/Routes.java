package io.tailrace.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
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
import io.tailrace.server.http.Answers;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Parameters;
import io.tailrace.server.http.Problems;
import io.tailrace.server.http.RequestGuard;
import io.tailrace.server.ingest.BodySource;
import io.tailrace.server.ingest.IngestHandler;
import io.tailrace.server.ops.Health;
import io.tailrace.server.ops.RateLimits;
import io.tailrace.server.ops.StatusHandler;
import io.tailrace.server.runs.RunQueries;
import io.tailrace.server.source.SourcesHandler;
import io.tailrace.server.stream.ChangeHandler;
import io.tailrace.server.stream.ChannelHandler;
import io.tailrace.server.stream.PollHandler;
import io.tailrace.server.stream.SessionHandler;
import io.tailrace.server.stream.StreamContext;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
        Dialects dialects,
        StreamContext streams,
        ChannelHandler channels,
        RunQueries runs,
        ChatService chat,
        CommandService commands,
        RateLimits rates,
        SourcesHandler sources,
        Operators operators) {

    /**
     * What operators ask, and what happens to every request on its way.
     *
     * @param filters around everything, outermost first
     */
    record Operators(
            List<Filter> filters, Health health, StatusHandler status, Supplier<String> metrics) {}

    void apply(HttpRouting.Builder routing) {
        operators.filters().forEach(routing::addFilter);
        routing.addFilter(guard).addFilter(authenticator).error(Throwable.class, problems);
        reading(routing, "/", this::home);

        routing.get("/api/events", new PollHandler(streams)::handle);
        Handler publish = dialects.orCloudEvents(ingest::events);
        on(routing, "/api/events", "POST", publish, "GET, POST");
        String events = "/api/channels/{channel}/events";
        routing.get(events, channels::page).head(events, channels::page);
        routing.post(events, ingest::channel);
        on(routing, events, "PUT", ingest::channel, "GET, HEAD, POST, PUT");

        dialects.apply(routing);

        String session = "/api/sse/session/{session}";
        on(routing, session, "GET", new SessionHandler(streams)::handle);
        var change = new ChangeHandler(streams);
        routing.patch(session + "/channels", changed(change::amend));
        on(routing, session + "/channels", "PUT", changed(change::replace), "PATCH, PUT");
        reading(routing, "/api/sessions", admin(operators.status()::sessions));
        reading(routing, "/api/sources", admin(sources::list));
        reading(routing, "/api/status", admin(operators.status()::status));
        reading(routing, "/api/channels", channels::list);
        reading(routing, "/api/runs", this::runList);
        reading(routing, "/api/runs/{run}", this::runById);
        reading(routing, "/api/runs/{workspace}/{workflow}/{run}", this::run);

        Handler ask = answered(chat::ask);
        on(
                routing,
                "/api/chat/question",
                "POST",
                (request, response) -> {
                    rates.question(Caller.of(request));
                    ask.handle(request, response);
                });
        on(routing, "/api/commands", "POST", answered(commands::submit));

        reading(routing, "/health/live", (req, res) -> Answers.text(req, res, "alive\n"));
        reading(routing, "/health/ready", this::ready);
        reading(routing, "/metrics", admin(this::scrape));
        new AccessRoutes(access).apply(routing);
    }

    /** Only for those who run the gateway. */
    static Handler admin(Handler handler) {
        return (request, response) -> {
            Caller.of(request).requireAdmin();
            handler.handle(request, response);
        };
    }

    /** Something that is only looked at, by GET or HEAD. */
    static void reading(HttpRouting.Builder routing, String path, Handler handler) {
        routing.head(path, handler);
        on(routing, path, "GET", handler, "GET, HEAD");
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
                Answers.json(request, response, service.apply(request, BodySource.small(request)));
    }

    /** A small request, taken now and answered on the stream. */
    private static Handler answered(BiFunction<Caller, byte[], byte[]> service) {
        return (request, response) -> {
            byte[] body = BodySource.small(request);
            byte[] reply = service.apply(Caller.of(request), body);
            response.status(Status.ACCEPTED_202);
            Answers.json(request, response, reply);
        };
    }

    private void home(ServerRequest request, ServerResponse response) {
        String host = request.headers().first(HeaderNames.HOST).orElse("localhost");
        Answers.text(
                request,
                response,
                """
                This is a Tailrace gateway: it takes events in, keeps them, and streams them.

                Publish:  curl -d '{"channel":"logs:me:hello","message":"hi"}' %1$s/api/events
                A pipe:   your-job 2>&1 | curl -T - '%1$s/api/channels/logs:me:hello/events?run=1'
                Watch:    curl -N '%1$s/api/sse/session/me?channels=logs:me:*&tail=10'
                Look:     %1$s/api/runs  %1$s/api/channels  %1$s/api/sessions
                Operate:  %1$s/health/live  %1$s/health/ready  %1$s/metrics  %1$s/api/status
                """
                        .formatted((request.isSecure() ? "https://" : "http://") + host));
    }

    private void runList(ServerRequest request, ServerResponse response) {
        Parameters.known(request, "workspace", "workflow", "status", "limit");
        var query = request.query();
        Answers.json(
                request,
                response,
                runs.list(
                        Caller.of(request),
                        query.first("workspace").orElse(null),
                        query.first("workflow").orElse(null),
                        query.first("status").orElse(null),
                        query.first("limit").orElse(null)));
    }

    private void runById(ServerRequest request, ServerResponse response) {
        String id = request.path().pathParameters().get("run");
        Answers.json(request, response, runs.one(Caller.of(request), id));
    }

    private void run(ServerRequest request, ServerResponse response) {
        var path = request.path().pathParameters();
        Answers.json(
                request,
                response,
                runs.one(
                        Caller.of(request),
                        new RunKey(path.get("workspace"), path.get("workflow"), path.get("run"))));
    }

    private void ready(ServerRequest request, ServerResponse response) {
        List<String> reasons = operators.health().notReady();
        if (!reasons.isEmpty()) {
            throw new HttpProblem(503, "Not ready", String.join(" ", reasons));
        }
        Answers.text(request, response, "ready\n");
    }

    private void scrape(ServerRequest request, ServerResponse response) {
        byte[] text = operators.metrics().get().getBytes(StandardCharsets.UTF_8);
        Answers.send(request, response, "text/plain; version=0.0.4; charset=utf-8", text);
    }
}
