package io.tailrace.publisher;

import io.tailrace.client.Access;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * How a {@link Publisher} works. Start from {@link #of(URI)} and change what differs.
 *
 * @param gateway the gateway's address, such as {@code http://127.0.0.1:8787}
 * @param publisherId begins this publisher's idempotency keys and the name of its part of a spill
 *     folder; every publisher adds something of its own, so several may have the same
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
 * @param spill where events go while the gateway is away; null for nowhere: they stay in memory
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
        Access access,
        @Nullable Spill spill) {

    private static final int LONGEST_BEGIN = 80; // with what makes it unique it is an id again

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
        return PublisherSettingsBuilder.usual(gateway).build();
    }

    /**
     * The usual settings for a gateway, changed by system properties and the environment:
     *
     * <p>{@code TAILRACE_TOKEN_FILE} or {@code TAILRACE_TOKEN}, {@code TAILRACE_CERTIFICATES} (a
     * PEM file), {@code TAILRACE_SPILL_FOLDER} and {@code TAILRACE_SPILL_BYTES}, {@code
     * TAILRACE_MEMORY_BYTES}, {@code TAILRACE_WHEN_FULL} ({@code drop}, or how long to wait, such
     * as {@code 10s}), {@code TAILRACE_BATCH_EVENTS}, {@code TAILRACE_BATCH_BYTES}, {@code
     * TAILRACE_LINGER}, {@code TAILRACE_REQUEST_TIMEOUT}, {@code TAILRACE_CLOSE_TIMEOUT} (such as
     * {@code 500ms}), {@code TAILRACE_PUBLISHER_ID}. A system property with the name of a variable
     * in camel case, such as {@code tailrace.spillFolder}, counts first.
     *
     * @throws IllegalArgumentException with a sentence that names what is wrong
     */
    public static PublisherSettings fromEnvironment(URI gateway) {
        return Options.ofProcess().settings(gateway);
    }

    /** Begins to change these settings. */
    public PublisherSettingsBuilder change() {
        return new PublisherSettingsBuilder(this);
    }

    /** The same with an id that no other publisher has, nor the same program's next one. */
    PublisherSettings unique() {
        String begin = publisherId.substring(0, Math.min(publisherId.length(), LONGEST_BEGIN));
        String own = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        return withPublisherId(begin + "-" + own);
    }

    private PublisherSettings with(UnaryOperator<PublisherSettingsBuilder> change) {
        return change.apply(change()).build();
    }

    /** The same with another id. */
    public PublisherSettings withPublisherId(String id) {
        return with(b -> b.publisherId(id));
    }

    /** The same with other batches. */
    public PublisherSettings withBatches(int events, int bytes, Duration lingering) {
        return with(b -> b.batches(events, bytes, lingering));
    }

    /** The same with another bound on memory. */
    public PublisherSettings withMemory(long bytes, WhenFull policy) {
        return with(b -> b.memory(bytes, policy));
    }

    /** The same with other waits between tries. */
    public PublisherSettings withRetries(Duration first, Duration longest) {
        return with(b -> b.retries(first, longest));
    }

    /** The same with other time limits. */
    public PublisherSettings withTimeouts(Duration request, Duration close) {
        return with(b -> b.timeouts(request, close));
    }

    /** The same with requests compressed from that many bytes on. */
    public PublisherSettings withGzipFrom(int bytes) {
        return with(b -> b.gzipFrom(bytes));
    }

    /** The same as somebody else, or believing other certificates. */
    public PublisherSettings withAccess(Access other) {
        return with(b -> b.access(other));
    }

    /** The same with a folder for what the gateway does not take while it is away. */
    public PublisherSettings withSpill(Path folder, long maxBytes) {
        return with(b -> b.spill(folder, maxBytes));
    }
}
