package io.tailrace.server.stream;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.tailrace.server.access.Caller;
import io.tailrace.server.http.Answers;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.Parameters;
import io.tailrace.server.runs.RunsSnapshot;

import java.time.Duration;
import java.util.List;

/**
 * {@code GET /api/events}: what a stream would send, page by page, for those whose way to the
 * gateway lets no stream through. Thread-safe.
 */
public final class PollHandler {

    private static final int DEFAULT_LIMIT = 1_000;
    private static final int MAX_LIMIT = 5_000;
    private static final int MAX_WAIT_SECONDS = 60;

    private final StreamContext context;

    /** Reads from there. */
    public PollHandler(StreamContext context) {
        this.context = context;
    }

    /** Answers with a page, as soon as there is something for it. */
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        SessionRequest asked = SessionRequest.ofPage(request);
        int limit = Parameters.number(request, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
        int wait = Parameters.number(request, "wait", 0, MAX_WAIT_SECONDS, 0);
        Caller caller = Caller.of(request);
        try (var _ = context.places().enter(caller, StreamLimits.Transport.POLL);
                Carried carried = context.open(asked, caller)) {
            RunsSnapshot snapshot = context.snapshot(asked, carried.subscription());
            Poll poll = new Poll(asked, carried, context);
            context.registry().add(poll);
            try {
                List<Poll.Item> items = poll.read(snapshot, limit, Duration.ofSeconds(wait));
                poll.writes();
                send(request, response, items, poll.next());
                if (poll.entries() > 0) {
                    context.observer().delivered(poll.entries(), poll.bytes(), true);
                }
            } finally {
                context.registry().remove(poll);
            }
        }
    }

    private void send(
            ServerRequest request, ServerResponse response, List<Poll.Item> items, long next) {
        byte[] json =
                Json.object(out -> {
                    out.writeArrayFieldStart("events");
                    for (Poll.Item item : items) {
                        boolean stored = item.position() > 0;
                        Items.write(out, stored ? cursor(item.position()) : null, item.json());
                    }
                    out.writeEndArray();
                    out.writeStringField("next", cursor(next));
                });
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        Answers.json(request, response, json);
    }

    private String cursor(long position) {
        return context.broker().cursor(position).toString();
    }
}
