package io.tailrace.server.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Publishes batches to random channels and repeats each, under its key, until it is acknowledged.
 */
final class ChaosPublisher implements Runnable {

    private static final Pattern REPLY =
            Pattern.compile("\"accepted\":(\\d+),.*\"cursor\":\"[^-]+-(\\d+)\"");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI gateway;
    private final String name;
    private final List<String> channels;
    private final Random random;
    private final int longest;
    private final Ledger ledger;
    private final String token;
    private volatile boolean stopped;

    /** Lines are padded with up to so many characters. */
    ChaosPublisher(
            URI gateway,
            String name,
            List<String> channels,
            long seed,
            int longest,
            Ledger ledger,
            String token) {
        this.token = token;
        this.longest = longest;
        this.gateway = gateway;
        this.name = name;
        this.channels = channels;
        this.random = new Random(seed);
        this.ledger = ledger;
    }

    /** Ends after the batch that is under way was acknowledged. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        for (int batch = 0; !stopped; batch++) {
            List<Ledger.Line> lines = new ArrayList<>();
            int size = 1 + random.nextInt(20);
            for (int i = 0; i < size; i++) {
                String channel = channels.get(random.nextInt(channels.size()));
                String padding = ".".repeat(random.nextInt(longest));
                lines.add(new Ledger.Line(channel, name + "-" + batch + "-" + i + padding));
            }
            publish(lines, name + "-" + batch);
            LockSupport.parkNanos(random.nextInt(4_000_000));
        }
        http.close();
    }

    private void publish(List<Ledger.Line> lines, String key) {
        StringBuilder body = new StringBuilder();
        for (Ledger.Line line : lines) {
            body.append(
                    "{\"channel\":\"%s\",\"message\":\"%s\"}\n"
                            .formatted(line.channel(), line.text()));
        }
        HttpRequest request =
                HttpRequest.newBuilder(gateway.resolve("/api/events"))
                        .timeout(Duration.ofSeconds(3))
                        .header("Content-Type", "application/x-ndjson")
                        .header("Idempotency-Key", key)
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build();
        ledger.sends(lines);
        while (!acknowledged(request, lines)) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private boolean acknowledged(HttpRequest request, List<Ledger.Line> lines) {
        try {
            HttpResponse<String> reply = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (reply.statusCode() == 503) {
                return false; // starting, stopping, or busy
            }
            Matcher matcher = REPLY.matcher(reply.body());
            if (reply.statusCode() != 200
                    || !matcher.find()
                    || Integer.parseInt(matcher.group(1)) != lines.size()) {
                throw new AssertionError(reply.statusCode() + " " + reply.body());
            }
            ledger.acknowledged(lines, Long.parseLong(matcher.group(2)));
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
