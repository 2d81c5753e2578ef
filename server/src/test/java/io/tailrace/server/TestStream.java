package io.tailrace.server;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;
import io.tailrace.wire.SseEvent;
import io.tailrace.wire.SseReader;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A reader of a stream; waits at most ten seconds for anything. */
final class TestStream implements AutoCloseable {

    private static final SseEvent END = new SseEvent(null, "end", new byte[0]);

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<SseEvent> events = new LinkedBlockingQueue<>();

    private TestStream(HttpResponse<InputStream> response) {
        this.response = response;
        Thread.ofVirtual().start(this::read);
    }

    static TestStream open(HttpClient http, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new AssertionError(
                    response.statusCode()
                            + " "
                            + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
        }
        return new TestStream(response);
    }

    private void read() {
        try {
            SseReader reader = new SseReader(response.body());
            for (SseEvent event = reader.next(); event != null; event = reader.next()) {
                events.add(event);
            }
        } catch (IOException e) {
            // the end, like any other
        }
        events.add(END);
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /** The next frame of any kind. */
    SseEvent next() throws InterruptedException {
        SseEvent event = events.poll(1, TimeUnit.MINUTES);
        if (event == null) {
            throw new AssertionError("Nothing came for ten seconds.");
        }
        return event;
    }

    /** The next frame of that kind; those before it are passed over. */
    SseEvent next(String kind) throws InterruptedException {
        return nextThat(event -> event.type().equals(kind));
    }

    private SseEvent nextThat(Predicate<SseEvent> wanted) throws InterruptedException {
        while (true) {
            SseEvent event = next();
            if (wanted.test(event)) {
                return event;
            }
            if (ended(event)) {
                throw new AssertionError("The stream ended.");
            }
        }
    }

    /** Whether a frame that {@link #next()} gave stands for the end of the stream. */
    static boolean ended(SseEvent event) {
        return event.type().equals("end") && event.data().length == 0;
    }

    /** The next stored entries, whatever else comes in between. */
    List<SseEvent> entries(int count) throws InterruptedException {
        List<SseEvent> entries = new ArrayList<>();
        while (entries.size() < count) {
            entries.add(nextThat(e -> e.id() != null && !e.type().equals("channels_changed")));
        }
        return entries;
    }

    /** The messages of the next stored log lines. */
    List<String> messages(int count) throws InterruptedException {
        return entries(count).stream().map(TestStream::message).toList();
    }

    static String message(SseEvent event) {
        return EventCodec.decode(event.data()) instanceof Event.Log log ? log.message() : "?";
    }

    /** A frame that is there already, or null. */
    @Nullable SseEvent waiting() {
        return events.poll();
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            // it ends either way
        }
    }
}
