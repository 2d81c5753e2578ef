package io.tailrace.publisher;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tailrace.client.TokenUnavailableException;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPOutputStream;

/** The gateway's {@code POST /api/events}, one try at a time. Used by the sender's thread only. */
final class EventsEndpoint implements AutoCloseable {

    private static final int LONGEST_REPLY = 4 * 1024 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** Who is not let in does not try often. */
    private static final Duration TURNED_AWAY = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PublisherSettings settings;
    private final URI events;
    private final HttpClient client;

    EventsEndpoint(PublisherSettings settings) {
        this.settings = settings;
        this.events =
                URI.create(settings.gateway().toString().replaceAll("/+$", "") + "/api/events");
        this.client =
                settings.access()
                        .prepare(HttpClient.newBuilder())
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.requestTimeout())
                        .build();
    }

    /**
     * Tries once; every way the network can fail is a reply.
     *
     * @param every how often the waiting thread does something else; null for never
     * @param meanwhile what that is; must be quick
     */
    Reply post(Batch batch, @Nullable Duration every, Runnable meanwhile)
            throws InterruptedException {
        HttpRequest request;
        try {
            request = request(batch);
        } catch (TokenUnavailableException e) {
            return new Reply.TryAgain(String.valueOf(e.getMessage()), TURNED_AWAY);
        }
        var handler =
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofByteArray(), LONGEST_REPLY);
        // HttpRequest.timeout ends with the headers; this limit also covers a reply that stalls.
        CompletableFuture<HttpResponse<byte[]>> reply = client.sendAsync(request, handler);
        try {
            return reply(await(reply, every, meanwhile));
        } catch (TimeoutException e) {
            return tryAgain(
                    "The gateway at %s did not answer within %s s."
                            .formatted(
                                    settings.gateway(),
                                    settings.requestTimeout().toMillis() / 1000.0));
        } catch (ExecutionException e) {
            return tryAgain(sentence(e.getCause()));
        } finally {
            reply.cancel(true);
        }
    }

    private <T> T await(Future<T> reply, @Nullable Duration every, Runnable meanwhile)
            throws InterruptedException, ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        long all = settings.requestTimeout().toNanos();
        long step = every == null ? all : every.toNanos();
        while (true) {
            long left = all - (System.nanoTime() - begin);
            try {
                return reply.get(Math.min(step, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (left <= step) {
                    throw e;
                }
                meanwhile.run();
            }
        }
    }

    private HttpRequest request(Batch batch) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(events)
                        .header("Content-Type", "application/x-ndjson")
                        .header("Accept", "application/json, application/problem+json")
                        .header("Idempotency-Key", batch.key());
        byte[] body = batch.body();
        if (body.length >= settings.gzipFrom()) {
            request.header("Content-Encoding", "gzip");
            body = zipped(body);
        }
        request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
        return settings.access().sign(request).build();
    }

    private static byte[] zipped(byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 4);
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: cannot happen
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private Reply reply(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return acknowledged(response.body());
        }
        String reason =
                "The gateway at %s answered %d: %s"
                        .formatted(settings.gateway(), status, problem(response));
        if (status == 401 || status == 403) {
            // a token can be renewed and a grant be given: until then nothing is lost
            Duration asked = wait(response);
            return new Reply.TryAgain(reason, asked == null ? TURNED_AWAY : asked);
        }
        boolean forGood = status / 100 == 4 && status != 408 && status != 429;
        return forGood ? new Reply.Refused(reason) : new Reply.TryAgain(reason, wait(response));
    }

    private Reply acknowledged(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            if (json.path("accepted").isIntegralNumber()) {
                Map<Integer, String> rejected = new LinkedHashMap<>();
                for (JsonNode line : json.path("rejected")) {
                    rejected.put(line.path("line").asInt(), line.path("reason").asText());
                }
                String cursor = json.path("cursor").textValue();
                return new Reply.Acknowledged(rejected, cursor);
            }
        } catch (IOException e) {
            // said below: whatever answered, it acknowledged nothing
        }
        return tryAgain(
                "What answers at %s is not a Tailrace gateway: its reply says nothing about"
                                .formatted(settings.gateway())
                        + " accepted events. Check the address.");
    }

    private static String problem(HttpResponse<byte[]> response) {
        try {
            JsonNode json = JSON.readTree(response.body());
            for (String field : new String[] {"detail", "title"}) {
                if (json.path(field).isTextual()) {
                    return json.path(field).textValue();
                }
            }
        } catch (JsonProcessingException e) {
            // not a problem document: say what there is to say
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading from memory
        }
        return response.headers()
                .firstValue("Location")
                .map(l -> "moved to " + l + ". Use that address.")
                .orElse("it gave no reason.");
    }

    private static @Nullable Duration wait(HttpResponse<?> response) {
        String text = response.headers().firstValue("Retry-After").orElse("").strip();
        try {
            Duration wait =
                    text.matches("\\d{1,9}")
                            ? Duration.ofSeconds(Long.parseLong(text))
                            : Duration.between(
                                    Instant.now(),
                                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant());
            return wait.isNegative()
                    ? Duration.ZERO
                    : wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private String sentence(@Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return "Nothing listens at %s. Is the gateway running?".formatted(settings.gateway());
        }
        String detail = cause == null || cause.getMessage() == null ? "" : cause.getMessage();
        String shown = detail.length() > 200 ? detail.substring(0, 200) + "…" : detail;
        return "The connection to the gateway at %s broke%s."
                .formatted(settings.gateway(), shown.isEmpty() ? "" : " (" + shown + ")");
    }

    private static Reply tryAgain(String reason) {
        return new Reply.TryAgain(reason, null);
    }
}
