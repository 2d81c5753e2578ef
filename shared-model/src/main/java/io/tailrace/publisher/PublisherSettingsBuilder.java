package io.tailrace.publisher;

import io.tailrace.client.Access;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Changes {@link PublisherSettings} one after the other. For one thread. */
public final class PublisherSettingsBuilder {

    private final URI gateway;
    private String publisherId;
    private int batchEvents;
    private int batchBytes;
    private Duration linger;
    private long memoryBytes;
    private WhenFull whenFull;
    private Duration requestTimeout;
    private Duration firstRetry;
    private Duration longestRetry;
    private Duration closeTimeout;
    private int gzipFrom;
    private Access access;
    private @Nullable Spill spill;

    /** Begins with those. */
    PublisherSettingsBuilder(PublisherSettings settings) {
        gateway = settings.gateway();
        publisherId = settings.publisherId();
        batchEvents = settings.batchEvents();
        batchBytes = settings.batchBytes();
        linger = settings.linger();
        memoryBytes = settings.memoryBytes();
        whenFull = settings.whenFull();
        requestTimeout = settings.requestTimeout();
        firstRetry = settings.firstRetry();
        longestRetry = settings.longestRetry();
        closeTimeout = settings.closeTimeout();
        gzipFrom = settings.gzipFrom();
        access = settings.access();
        spill = settings.spill();
    }

    static PublisherSettingsBuilder usual(URI gateway) {
        return new PublisherSettingsBuilder(
                new PublisherSettings(
                        gateway,
                        UUID.randomUUID().toString(),
                        500,
                        512 * 1024,
                        Duration.ofMillis(50),
                        16L * 1024 * 1024,
                        new WhenFull.Block(Duration.ofSeconds(10)),
                        Duration.ofSeconds(15),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Access.local(gateway) ? Integer.MAX_VALUE : 4 * 1024,
                        Access.open(),
                        null));
    }

    /** What the publisher's idempotency keys begin with. */
    public PublisherSettingsBuilder publisherId(String id) {
        publisherId = id;
        return this;
    }

    /** The most events and bytes in one request, and how long a first event waits for company. */
    public PublisherSettingsBuilder batches(int events, int bytes, Duration lingering) {
        batchEvents = events;
        batchBytes = bytes;
        linger = lingering;
        return this;
    }

    /** The most memory, and what happens to events when it is full. */
    public PublisherSettingsBuilder memory(long bytes, WhenFull policy) {
        memoryBytes = bytes;
        whenFull = policy;
        return this;
    }

    /** The waits between tries. */
    public PublisherSettingsBuilder retries(Duration first, Duration longest) {
        firstRetry = first;
        longestRetry = longest;
        return this;
    }

    /** The longest that a request and that closing may take. */
    public PublisherSettingsBuilder timeouts(Duration request, Duration close) {
        requestTimeout = request;
        closeTimeout = close;
        return this;
    }

    /** Requests are compressed from that many bytes on. */
    public PublisherSettingsBuilder gzipFrom(int bytes) {
        gzipFrom = bytes;
        return this;
    }

    /** Who the publisher is, and which certificates it believes. */
    public PublisherSettingsBuilder access(Access other) {
        access = other;
        return this;
    }

    /** Where events go while the gateway is away. */
    public PublisherSettingsBuilder spill(Path folder, long maxBytes) {
        spill = new Spill(folder, maxBytes);
        return this;
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public PublisherSettings build() {
        return new PublisherSettings(
                gateway,
                publisherId,
                batchEvents,
                batchBytes,
                linger,
                memoryBytes,
                whenFull,
                requestTimeout,
                firstRetry,
                longestRetry,
                closeTimeout,
                gzipFrom,
                access,
                spill);
    }
}
