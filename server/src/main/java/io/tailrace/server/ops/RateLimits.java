package io.tailrace.server.ops;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.tailrace.server.access.Caller;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.ingest.PublishLimit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How fast each caller may publish and ask; remembers the newest thousands of callers. Thread-safe.
 *
 * <p>Publishers may use up at once what ten seconds allow, and a request that is let in is taken
 * whole: who goes beyond is made to wait, or refused with the next request.
 */
public final class RateLimits implements PublishLimit {

    private static final int CALLERS = 10_000;
    private static final int BURST_SECONDS = 10;

    private final long events;
    private final long bytes;
    private final long questions;
    private final Consumer<String> hit;

    // Guarded by itself; least recently used first.
    private final Map<String, Buckets> callers =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Buckets> eldest) {
                    return size() > CALLERS;
                }
            };

    private record Buckets(Bucket events, Bucket bytes, Bucket questions) {}

    /**
     * Limits per caller; 0 for none.
     *
     * @param events a second
     * @param bytes of events a second
     * @param questions a minute
     * @param hit told the name of a limit whenever somebody is refused because of it
     */
    public RateLimits(long events, long bytes, long questions, Consumer<String> hit) {
        this.events = events;
        this.bytes = bytes;
        this.questions = questions;
        this.hit = hit;
    }

    private Buckets of(Caller caller) {
        synchronized (callers) {
            return callers.computeIfAbsent(
                    caller.name(),
                    _ ->
                            new Buckets(
                                    bucket(events * BURST_SECONDS, events, Duration.ofSeconds(1)),
                                    bucket(bytes * BURST_SECONDS, bytes, Duration.ofSeconds(1)),
                                    bucket(questions, questions, Duration.ofMinutes(1))));
        }
    }

    private static Bucket bucket(long capacity, long amount, Duration period) {
        return Bucket.builder()
                .addLimit(
                        Bandwidth.builder()
                                .capacity(Math.max(1, capacity))
                                .refillGreedy(Math.max(1, amount), period)
                                .build())
                .build();
    }

    @Override
    public void check(Caller caller) {
        if (events > 0) {
            refuseWhenEmpty(
                    of(caller).events(),
                    "publish_rate",
                    "%,d events a second may be published by one caller".formatted(events));
        }
        if (bytes > 0) {
            refuseWhenEmpty(
                    of(caller).bytes(),
                    "publish_bytes",
                    "%,d bytes a second may be published by one caller".formatted(bytes));
        }
    }

    private void refuseWhenEmpty(Bucket bucket, String limit, String allowed) {
        var estimate = bucket.estimateAbilityToConsume(1);
        if (!estimate.canBeConsumed()) {
            throw refused(limit, allowed, estimate.getNanosToWaitForRefill());
        }
    }

    private HttpProblem refused(String limit, String allowed, long nanos) {
        hit.accept(limit);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
        return HttpProblem.tooMany(
                "Only %s, so nothing of this was taken: send again in %d s."
                        .formatted(allowed, seconds),
                seconds);
    }

    @Override
    public Duration take(Caller caller, int count, long size) {
        long nanos = 0;
        if (events > 0 && count > 0) {
            nanos = of(caller).events().consumeIgnoringRateLimits(count);
        }
        if (bytes > 0 && size > 0) {
            nanos = Math.max(nanos, of(caller).bytes().consumeIgnoringRateLimits(size));
        }
        return Duration.ofNanos(nanos);
    }

    /**
     * Counts a question.
     *
     * @throws HttpProblem 429 when there were too many of late
     */
    public void question(Caller caller) {
        if (questions > 0) {
            var probe = of(caller).questions().tryConsumeAndReturnRemaining(1);
            if (!probe.isConsumed()) {
                throw refused(
                        "question_rate",
                        "%,d questions a minute may be asked by one caller".formatted(questions),
                        probe.getNanosToWaitForRefill());
            }
        }
    }
}
