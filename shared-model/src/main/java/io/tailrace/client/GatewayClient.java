package io.tailrace.client;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Cursor;
import io.tailrace.model.RunKey;
import io.tailrace.wire.DeadLetterCodec;
import io.tailrace.wire.DeadLetterPage;
import io.tailrace.wire.EventPage;
import io.tailrace.wire.KeptChannel;
import io.tailrace.wire.MalformedEventException;
import io.tailrace.wire.PageCodec;
import io.tailrace.wire.RunList;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a console asks of the gateway beside its stream. Every call blocks until there is an answer
 * or the time is over: call it on a virtual thread. Thread-safe.
 */
public final class GatewayClient implements AutoCloseable {

    private static final String LETTERS = "/api/dead-letters";
    private static final int NOT_TAKEN = 422;
    private static final int LONGEST_ANSWER = 64 * 1024 * 1024;

    private final URI gateway;
    private final Access access;
    private final Duration patience;
    private final HttpClient client;

    /**
     * Prepares; nothing is sent yet.
     *
     * @throws IllegalArgumentException when that is not a gateway's address
     */
    public GatewayClient(URI gateway, Access access) {
        this(gateway, access, Duration.ofSeconds(15));
    }

    /**
     * Prepares with another patience.
     *
     * @param patience how long to wait for a connection and for an answer
     */
    public GatewayClient(URI gateway, Access access, Duration patience) {
        GatewayAddress.check(gateway);
        this(
                gateway,
                access,
                patience,
                access.prepare(HttpClient.newBuilder())
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(patience)
                        .executor(task -> Thread.ofVirtual().name("tailrace-http").start(task))
                        .build());
    }

    /** With a client that the caller ends. */
    GatewayClient(URI gateway, Access access, Duration patience, HttpClient client) {
        this.gateway = gateway;
        this.access = access;
        this.patience = patience;
        this.client = client;
    }

    /**
     * Asks about runs; the answer comes on the channel of the session.
     *
     * @param questionId the id that the responses repeat
     * @param focus the run that the question is about, when one is chosen
     * @return the question's id
     */
    public Reply<String> askQuestion(
            String session,
            String conversation,
            String questionId,
            String message,
            @Nullable RunKey focus) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("session", session);
        body.put("conversation", conversation);
        body.put("question", questionId);
        body.put("message", message);
        if (focus != null) {
            body.put("run", members(focus));
        }
        return post("/api/chat/question", body, "question");
    }

    /**
     * Asks a run to change; its pipeline answers with events of kind {@code status}.
     *
     * @return the command's id
     */
    public Reply<String> command(RunKey run, CommandVerb verb) {
        Map<String, Object> body = members(run);
        body.put("verb", verb.wireName());
        return post("/api/commands", body, "command");
    }

    /** The state of the runs that the gateway knows, as many as it gives. */
    public Reply<RunList> runs() {
        return get("/api/runs", PageCodec::runs);
    }

    /** Every channel that we may read, with what is kept of it. */
    public Reply<List<KeptChannel>> channels() {
        return get("/api/channels", PageCodec::channels);
    }

    /**
     * Stored entries of a channel.
     *
     * @param after the entry before the first; null for the oldest that is kept
     * @param limit at most so many
     */
    public Reply<EventPage> page(Channel channel, @Nullable Cursor after, int limit) {
        String path = "/api/channels/" + GatewayAddress.encoded(channel.name()) + "/events?limit=";
        return get(path + limit + (after == null ? "" : "&after=" + after), PageCodec::events);
    }

    /**
     * The newest stored entries of a channel before one, oldest first.
     *
     * @param before the entry behind the last
     * @param limit at most so many; fewer come when there are no more, or when they are large: then
     *     the older ones of them
     */
    public Reply<EventPage> pageBefore(Channel channel, Cursor before, int limit) {
        String path = "/api/channels/" + GatewayAddress.encoded(channel.name()) + "/events?limit=";
        return get(path + limit + "&before=" + before, PageCodec::events);
    }

    /** Stored entries of a channel, that one first. */
    public Reply<EventPage> pageFrom(Channel channel, Cursor first, int limit) {
        Cursor before = new Cursor(first.epoch(), Math.max(0, first.position() - 1));
        return page(channel, before, limit);
    }

    /**
     * What the gateway could not take, oldest first: all for admins, one's own for others.
     *
     * @param after the id before the first; 0 for the oldest
     * @param limit at most so many, up to 1,000
     */
    public Reply<DeadLetterPage> deadLetters(long after, int limit) {
        return get(LETTERS + "?after=" + after + "&limit=" + limit, DeadLetterCodec::page);
    }

    /** What the sender of a dead letter had sent: bytes. */
    public Reply<byte[]> deadLetterBody(long id) {
        return get(LETTERS + "/" + id, DeadLetterCodec::body);
    }

    /** Sends a dead letter again, in our name; refused when it is still not understood. */
    public Reply<Boolean> redrive(long id) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(GatewayAddress.at(gateway, LETTERS + "/" + id + "/redrive"))
                        .POST(HttpRequest.BodyPublishers.noBody());
        Reply<Optional<byte[]>> reply =
                send(request, DeadLetterCodec::refusal, Map.of(), Set.of(NOT_TAKEN));
        return switch (reply) {
            case Reply.Ok<Optional<byte[]>>(var refusal) ->
                    refusal.<Reply<Boolean>>map(said ->
                                    new Reply.Refused<>(Problem.reason(NOT_TAKEN, "json", said)))
                            .orElse(new Reply.Ok<>(true));
            case Reply.Refused<Optional<byte[]>>(var reason) -> new Reply.Refused<>(reason);
            case Reply.Unreachable<Optional<byte[]>>(var reason) -> new Reply.Unreachable<>(reason);
        };
    }

    /** Deletes a dead letter. */
    public Reply<Boolean> deleteDeadLetter(long id) {
        return send(
                HttpRequest.newBuilder(GatewayAddress.at(gateway, LETTERS + "/" + id)).DELETE(),
                _ -> true);
    }

    /** Deletes all dead letters that we may see; how many those were. */
    public Reply<Long> purgeDeadLetters() {
        return send(
                HttpRequest.newBuilder(GatewayAddress.at(gateway, LETTERS)).DELETE(),
                DeadLetterCodec::deleted);
    }

    /**
     * Changes what a session's running stream carries.
     *
     * @return whether there was such a stream
     */
    Reply<Boolean> changeChannels(
            String session, List<ChannelPattern> channels, ChannelStart start) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("channels", channels.stream().map(ChannelPattern::toString).toList());
        switch (start) {
            case ChannelStart.Now _ -> {}
            case ChannelStart.After(var cursor) -> body.put("after", cursor.toString());
            case ChannelStart.Newest(var entries) -> body.put("tail", entries);
        }
        String path = "/api/sse/session/" + GatewayAddress.encoded(session) + "/channels";
        return send(
                HttpRequest.newBuilder(GatewayAddress.at(gateway, path))
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(JsonTexts.write(body))),
                _ -> true,
                Map.of(404, false));
    }

    /** Gives up what is under way and ends the client's threads. */
    @Override
    public void close() {
        client.shutdownNow();
    }

    private static Map<String, Object> members(RunKey run) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("workspace", run.workspace());
        members.put("workflow", run.workflow());
        members.put("run", run.run());
        return members;
    }

    private <T> Reply<T> get(String path, Function<byte[], T> reader) {
        return send(HttpRequest.newBuilder(GatewayAddress.at(gateway, path)).GET(), reader);
    }

    private Reply<String> post(String path, Map<String, Object> body, String id) {
        return send(
                HttpRequest.newBuilder(GatewayAddress.at(gateway, path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(JsonTexts.write(body))),
                answer -> JsonTexts.read(answer).getOrDefault(id, ""));
    }

    private <T> Reply<T> send(HttpRequest.Builder request, Function<byte[], T> reader) {
        return send(request, reader, Map.of());
    }

    private <T> Reply<T> send(
            HttpRequest.Builder request, Function<byte[], T> reader, Map<Integer, T> refusals) {
        return send(request, reader, refusals, Set.of());
    }

    /** Sends it; some refusals are values as well, and some are read like what was granted. */
    private <T> Reply<T> send(
            HttpRequest.Builder request,
            Function<byte[], T> reader,
            Map<Integer, T> refusals,
            Set<Integer> readable) {
        try {
            HttpResponse<byte[]> response =
                    client.send(
                            access.sign(request)
                                    .header("Accept", "application/json")
                                    .timeout(patience)
                                    .build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER));
            int status = response.statusCode();
            if ((status >= 200 && status < 300) || readable.contains(status)) {
                return new Reply.Ok<>(reader.apply(response.body()));
            }
            T refusal = refusals.get(status);
            if (refusal != null) {
                return new Reply.Ok<>(refusal);
            }
            String type = response.headers().firstValue("content-type").orElse("");
            return new Reply.Refused<>(Problem.reason(status, type, response.body()));
        } catch (TokenUnavailableException e) {
            return new Reply.Refused<>(String.valueOf(e.getMessage()));
        } catch (MalformedEventException e) {
            return new Reply.Refused<>(
                    "The gateway's answer cannot be understood: " + e.getMessage());
        } catch (HttpTimeoutException e) {
            return new Reply.Unreachable<>(Reasons.noAnswer(gateway, patience));
        } catch (IOException e) {
            return new Reply.Unreachable<>(Reasons.unreachable(gateway, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Unreachable<>("The request was given up.");
        }
    }
}
