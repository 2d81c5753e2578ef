package io.tailrace.client;

import io.tailrace.client.Opened.Broken;
import io.tailrace.client.Opened.Denied;
import io.tailrace.client.Opened.Refused;
import io.tailrace.wire.Seen;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One try: sends the request, follows redirects, judges the answer. Opened on the connection's
 * thread; any thread may {@link #cancel} it.
 */
final class HttpTry {

    private static final int MAX_REDIRECTS = 5;

    private final HttpClient client;
    private final RootConnectionSettings settings;
    private final Watchdog watchdog;

    // Guarded by this: what a cancel has to end.
    private boolean cancelled;
    private @Nullable CompletableFuture<HttpResponse<InputStream>> pending;
    private @Nullable InputStream body;

    HttpTry(HttpClient client, RootConnectionSettings settings, Watchdog watchdog) {
        this.client = client;
        this.settings = settings;
        this.watchdog = watchdog;
    }

    Opened open(FeedRequest wanted) throws InterruptedException {
        URI gateway = settings.gateway();
        URI uri = wanted.uri();
        try {
            for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
                HttpResponse<InputStream> response = send(request(uri, wanted), wanted);
                if (!redirect(response.statusCode())) {
                    return new Judge(settings, watchdog).judged(response, wanted);
                }
                String location = response.headers().firstValue("location").orElse(null);
                response.body().close();
                Optional<URI> next = GatewayAddress.redirected(uri, location);
                if (next.isEmpty()) {
                    return Refused.because(
                            "The gateway at %s redirects to %s, which is another server. If that is right, set it as the gateway's address."
                                    .formatted(gateway, location));
                }
                uri = next.get();
            }
            return Refused.because("The gateway at %s redirects in a circle.".formatted(gateway));
        } catch (TokenUnavailableException e) {
            return new Denied(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return watchdog.rang()
                    ? Broken.because(Reasons.noAnswer(gateway, wanted.answer()), Doubt.LATE)
                    : Broken.because(Reasons.unreachable(gateway, e));
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

    private HttpRequest request(URI uri, FeedRequest wanted) {
        // No timeout here: from JDK 26 on it would end the open stream as well.
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .header("Accept", wanted.form().type())
                        .header("Cache-Control", "no-store");
        if (wanted.lastEventId() != null) {
            request.header("Last-Event-ID", wanted.lastEventId());
        }
        if (!wanted.seen().isEmpty()) {
            request.header(Seen.HEADER, wanted.seen());
        }
        // a redirect within the host may lead to another server of it
        return GatewayAddress.trusted(wanted.uri(), uri)
                ? settings.access().sign(request).build()
                : request.build();
    }

    /** Waits for the headers, no longer than allowed. */
    private HttpResponse<InputStream> send(HttpRequest request, FeedRequest wanted)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> future =
                client.sendAsync(request, BodyHandlers.ofInputStream());
        watchdog.guard(wanted.answer(), () -> future.cancel(true));
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
