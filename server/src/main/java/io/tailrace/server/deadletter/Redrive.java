package io.tailrace.server.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.tailrace.server.http.HttpProblem;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Sends a dead letter again, to the address it was sent to and in the name of whoever asks for it:
 * over the gateway's own listener, so that everything happens as it does for others.
 */
public final class Redrive {

    /** Says that a request is a second try, of which no new letter is to be kept. */
    public static final String HEADER = "X-Tailrace-Redrive";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<URI> gateway;
    private final Supplier<HttpClient> clients;

    /**
     * Sends to a gateway.
     *
     * @param gateway its address
     * @param clients makes one that trusts the gateway; it is closed after use
     */
    public Redrive(Supplier<URI> gateway, Supplier<HttpClient> clients) {
        this.gateway = gateway;
        this.clients = clients;
    }

    /**
     * Sends it, under a key of its own: what a try without an answer stored is not stored again.
     *
     * @param authorization what whoever asks shows; empty when nothing
     * @return what the gateway says
     * @throws HttpProblem 503 when it says nothing in time
     */
    HttpResponse<String> send(DeadLetter letter, String authorization) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(address(letter))
                        .timeout(PATIENCE)
                        .header(HEADER, Long.toString(letter.id()))
                        .header("Idempotency-Key", key(letter))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(letter.body()));
        if (!letter.source().contentType().isEmpty()) {
            request.header("Content-Type", letter.source().contentType());
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient http = clients.get()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new HttpProblem(
                    503,
                    "Not available",
                    "The gateway did not answer itself: %s. Try again: what it stored all the same is not stored twice."
                            .formatted(e.getMessage()));
        }
    }

    /** Ids begin anew when all letters are gone, so the time belongs to it. */
    static String key(DeadLetter letter) {
        return "redrive-" + letter.id() + "-" + letter.time().toEpochMilli();
    }

    /** Whether an answer says that everything was taken. */
    static boolean taken(int status, String body) {
        if (status >= 300) {
            return false;
        }
        try {
            JsonNode reply = JSON.readTree(body);
            return reply.path("rejected_count").asLong() == 0
                    && reply.path("summary").path("failed").asLong() == 0
                    && reply.path("partialSuccess").properties().stream()
                            .filter(member -> member.getKey().startsWith("rejected"))
                            .allMatch(member -> member.getValue().asLong() == 0);
        } catch (JsonProcessingException e) {
            return body.isEmpty(); // OTLP's protobuf says something only of what it left out
        }
    }

    /** Always on the gateway itself, whatever the target looks like. */
    private URI address(DeadLetter letter) {
        String target = letter.source().target();
        try {
            return URI.create(gateway.get() + (target.startsWith("/") ? target : "/" + target));
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(
                    409,
                    "No such address",
                    "The address that this letter was sent to is none: '%s'.".formatted(target));
        }
    }
}
