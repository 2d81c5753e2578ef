package io.tailrace.publisher;

import io.tailrace.client.Access;

import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/**
 * How a {@link Publisher} works. Start from {@link #of(URI)} and change what differs.
 *
 * @param gateway the gateway's address, such as {@code http://127.0.0.1:8787}
 * @param publisherId names this publisher in idempotency keys; must never be used by two publishers
 * @param batchEvents the most events in one request
 * @param batchBytes the most bytes in one request; a single larger event is sent alone
 * @param linger how long a first event waits for company
 * @param memoryBytes the most memory that encoded events may take, those on their way included
 * @param whenFull what happens to a new event when that memory is full
 * @param requestTimeout the longest a request may take until it counts as failed
 * @param firstRetry the wait after a first failure; it doubles with each further one
 * @param longestRetry the longest such wait
 * @param closeTimeout how long {@link Publisher#close} tries to deliver what is waiting
 * @param gzipFrom requests of that many bytes and larger ones are compressed; at first those from 4
 *     KiB, but none that stay on this machine
 * @param access who it says it is, and which certificates it believes
 */
public record PublisherSettings(
        URI gateway,
        String publisherId,
        int batchEvents,
        int batchBytes,
        Duration linger,
        long memoryBytes,
        WhenFull whenFull,
        Duration requestTimeout,
        Duration firstRetry,
        Duration longestRetry,
        Duration closeTimeout,
        int gzipFrom,
        Access access) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public PublisherSettings {
        String scheme = gateway.getScheme();
        if (!("http".equals(scheme) || "https".equals(scheme)) || gateway.getHost() == null) {
            throw new IllegalArgumentException(
                    "'%s' is not a gateway's address: it must look like http://127.0.0.1:8787."
                            .formatted(gateway));
        }
        if (!publisherId.matches("[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException(
                    "A publisher id has 1 to 100 letters, digits, '.', '_' or '-'.");
        }
        if (batchEvents < 1 || batchBytes < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException(
                    "Batch events, batch bytes and memory bytes must be at least 1.");
        }
        if (linger.isNegative() || firstRetry.isNegative() || closeTimeout.isNegative()) {
            throw new IllegalArgumentException("Linger, retry and close times start at 0.");
        }
        if (!requestTimeout.isPositive() || longestRetry.compareTo(firstRetry) < 0) {
            throw new IllegalArgumentException(
                    "The request timeout must be positive, the longest retry not below the first.");
        }
    }

    /** The usual settings for a gateway. */
    public static PublisherSettings of(URI gateway) {
        return new PublisherSettings(
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
                Access.open());
    }

    /** The same with another id. */
    public PublisherSettings withPublisherId(String id) {
        return new PublisherSettings(
                gateway,
                id,
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
                access);
    }

    /** The same with other batches. */
    public PublisherSettings withBatches(int events, int bytes, Duration lingering) {
        return new PublisherSettings(
                gateway,
                publisherId,
                events,
                bytes,
                lingering,
                memoryBytes,
                whenFull,
                requestTimeout,
                firstRetry,
                longestRetry,
                closeTimeout,
                gzipFrom,
                access);
    }

    /** The same with another bound on memory. */
    public PublisherSettings withMemory(long bytes, WhenFull policy) {
        return new PublisherSettings(
                gateway,
                publisherId,
                batchEvents,
                batchBytes,
                linger,
                bytes,
                policy,
                requestTimeout,
                firstRetry,
                longestRetry,
                closeTimeout,
                gzipFrom,
                access);
    }

    /** The same with other waits between tries. */
    public PublisherSettings withRetries(Duration first, Duration longest) {
        return new PublisherSettings(
                gateway,
                publisherId,
                batchEvents,
                batchBytes,
                linger,
                memoryBytes,
                whenFull,
                requestTimeout,
                first,
                longest,
                closeTimeout,
                gzipFrom,
                access);
    }

    /** The same with other time limits. */
    public PublisherSettings withTimeouts(Duration request, Duration close) {
        return new PublisherSettings(
                gateway,
                publisherId,
                batchEvents,
                batchBytes,
                linger,
                memoryBytes,
                whenFull,
                request,
                firstRetry,
                longestRetry,
                close,
                gzipFrom,
                access);
    }

    /** The same with requests compressed from that many bytes on. */
    public PublisherSettings withGzipFrom(int bytes) {
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
                bytes,
                access);
    }

    /** The same as somebody else, or believing other certificates. */
    public PublisherSettings withAccess(Access other) {
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
                other);
    }
}
