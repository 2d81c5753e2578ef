package io.tailrace.desktop.walk;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes numbered log lines in batches, each with an idempotency key, and repeats a batch until
 * it is acknowledged: what a careful client does when the gateway is killed under it.
 */
final class KeyedPublisher implements NumberedPublisher {

    static final int BATCH = 20;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI gateway;
    private final String name;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong acknowledged = new AtomicLong();

    KeyedPublisher(URI gateway, String name) {
        this.gateway = gateway;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long acknowledged() {
        return acknowledged.get();
    }

    @Override
    public void stop() {
        stopped.set(true);
    }

    @Override
    public void run() {
        for (long batch = 0; !stopped.get(); batch++) {
            while (!send(batch)) {
                Thread.onSpinWait(); // the gateway is away: the refused connection is the pause
            }
            acknowledged.addAndGet(BATCH);
        }
        http.close();
    }

    private boolean send(long batch) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < BATCH; i++) {
            body.append(
                    "{\"channel\":\"logs:kill:nine\",\"message\":\"%s %d\"}\n"
                            .formatted(name, batch * BATCH + i));
        }
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(gateway.resolve("/api/events"))
                            .timeout(Duration.ofSeconds(5))
                            .header("Content-Type", "application/x-ndjson")
                            .header("Idempotency-Key", name + "-" + batch)
                            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
