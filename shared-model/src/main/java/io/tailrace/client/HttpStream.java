package io.tailrace.client;

import io.tailrace.client.Opened.Broken;
import io.tailrace.client.Opened.Refused;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/**
 * One try: sends the request, follows redirects, judges the answer. Opened on the connection's
 * thread; any thread may {@link #cancel} it.
 */
final class HttpStream {

    private static final int MAX_REDIRECTS = 5;
    private static final int MAX_PROBLEM_BYTES = 64 * 1024;

    private static final Pattern EVENT_STREAM =
            Pattern.compile("text/event-stream\\s*(;.*)?", Pattern.CASE_INSENSITIVE);

    private final HttpClient client;
    private final URI gateway;
    private final Timing timing;
    private final Watchdog watchdog;

    // Guarded by this: what a cancel has to end.
    private boolean cancelled;
    private @Nullable CompletableFuture<HttpResponse<InputStream>> pending;
    private @Nullable InputStream body;

    HttpStream(HttpClient client, URI gateway, Timing timing, Watchdog watchdog) {
        this.client = client;
        this.gateway = gateway;
        this.timing = timing;
        this.watchdog = watchdog;
    }

    Opened open(StreamRequest wanted) throws InterruptedException {
        URI uri = wanted.uri();
        try {
            for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
                HttpResponse<InputStream> response = send(request(uri, wanted.lastEventId()));
                if (!redirect(response.statusCode())) {
                    return judged(response);
                }
                String location = response.headers().firstValue("location").orElse(null);
                response.body().close();
                Optional<URI> next = GatewayAddress.redirected(uri, location);
                if (next.isEmpty()) {
                    return new Refused(
                            "The gateway at %s redirects to %s, which is another server. If that is right, set it as the gateway's address."
                                    .formatted(gateway, location));
                }
                uri = next.get();
            }
            return new Refused("The gateway at %s redirects in a circle.".formatted(gateway));
        } catch (IOException e) {
            return Broken.because(
                    watchdog.rang()
                            ? Reasons.noAnswer(gateway, timing.answer())
                            : Reasons.unreachable(gateway, e));
        }
    }

    /** Ends the try, whatever it is doing; from any thread, more than once. */
    void cancel() {
        CompletableFuture<HttpResponse<InputStream>> request;
        InputStream stream;
        synchronized (this) {
            cancelled = true;
            request = pending;
            stream = body;
        }
        if (request != null) {
            request.cancel(true);
        }
        closeQuietly(stream);
    }

    private static HttpRequest request(URI uri, @Nullable String lastEventId) {
        // No timeout here: from JDK 26 on it would end the open stream as well.
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Accept", "text/event-stream")
                        .header("Cache-Control", "no-store");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return request.build();
    }

    /** Waits for the headers, no longer than allowed. */
    private HttpResponse<InputStream> send(HttpRequest request)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> future =
                client.sendAsync(request, BodyHandlers.ofInputStream());
        watchdog.guard(timing.answer(), () -> future.cancel(true));
        try {
            remember(future, null);
            HttpResponse<InputStream> response = future.get();
            remember(null, response.body());
            return response;
        } catch (InterruptedException e) {
            future.cancel(true);
            throw e;
        } catch (CancellationException e) {
            throw new IOException("the request was given up", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            watchdog.release();
        }
    }

    private void remember(
            @Nullable CompletableFuture<HttpResponse<InputStream>> request,
            @Nullable InputStream stream)
            throws IOException {
        boolean tooLate;
        synchronized (this) {
            pending = request;
            body = stream;
            tooLate = cancelled;
        }
        if (tooLate) {
            cancel();
            throw new IOException("the request was given up");
        }
    }

    private Opened judged(HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        String type = response.headers().firstValue("content-type").orElse("").strip();
        GuardedInputStream stream =
                new GuardedInputStream(response.body(), watchdog, timing.answer());
        if (status == 200 && EVENT_STREAM.matcher(type).matches()) {
            stream.limit(timing.silence());
            return new Opened.Open(stream);
        }
        if (status == 200) {
            stream.close();
            return new Refused(
                    "%s answered with %s instead of an event stream. Is this the address of a Tailrace gateway?"
                            .formatted(gateway, type.isEmpty() ? "something" : type));
        }
        if (status == 204) {
            stream.close();
            return new Refused("The gateway has ended this session.");
        }
        String reason;
        try (stream) {
            reason = Problem.reason(status, type, stream.readNBytes(MAX_PROBLEM_BYTES));
        }
        return status >= 500 || status == 408 || status == 425 || status == 429
                ? new Broken(reason, retryAfter(response), false)
                : new Refused(reason);
    }

    private @Nullable Duration retryAfter(HttpResponse<?> response) {
        String text = response.headers().firstValue("retry-after").orElse("").strip();
        Duration wait;
        if (text.matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(text));
        } else {
            try {
                Instant then =
                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                wait = Duration.between(timing.pacer().now(), then);
            } catch (DateTimeException e) {
                return null;
            }
        }
        return wait.compareTo(Backoff.LONGEST) > 0 ? Backoff.LONGEST : wait;
    }

    private static boolean redirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static void closeQuietly(@Nullable InputStream stream) {
        if (stream == null) {
            return;
        }
        try {
            stream.close();
        } catch (IOException e) {
            // it is being given up anyway
        }
    }
}
