package io.tailrace.server.ops;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.server.broker.Batch;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Start;
import io.tailrace.server.broker.Subscription;
import io.tailrace.server.stream.LiveCheck;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Tries now and then whether the gateway still does its work: an event of its own must be stored,
 * fanned out and received, also through the pumps, and the listener must answer. So nothing can die
 * silently. Thread-safe.
 *
 * <p>Each round is on a virtual thread of its own, for it may hang; there is one at a time.
 */
public final class SelfCheck implements AutoCloseable {

    /** Where its events are: private, of no use to anybody, and only the newest is kept. */
    public static final Channel CHANNEL = Channel.session("tailrace-self-check");

    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration AGAIN = Duration.ofMillis(200);

    private final Broker broker;
    private final LiveCheck live;
    private final Supplier<Optional<String>> listener;
    private final Clock clock;
    private final Duration bound;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("self-check").factory());
    private final AtomicReference<@Nullable FutureTask<Optional<String>>> running =
            new AtomicReference<>();

    private volatile Optional<Failure> failure = Optional.empty();
    private volatile long latest = System.nanoTime();
    private volatile Duration took = Duration.ZERO;
    private volatile Runnable then = () -> {};

    /**
     * What did not work.
     *
     * @param what a sentence
     * @param since when it was first noticed
     */
    public record Failure(String what, Instant since) {}

    /**
     * Begins after one period.
     *
     * @param period between two rounds; zero for rounds only when {@link #refresh} asks
     * @param live receives as streams do
     * @param listener says why the listener does not answer; empty when it does
     */
    public SelfCheck(
            Broker broker,
            LiveCheck live,
            Supplier<Optional<String>> listener,
            Clock clock,
            Duration period) {
        this(broker, live, listener, clock, period, BOUND);
    }

    SelfCheck(
            Broker broker,
            LiveCheck live,
            Supplier<Optional<String>> listener,
            Clock clock,
            Duration period,
            Duration bound) {
        this.broker = broker;
        this.live = live;
        this.listener = listener;
        this.clock = clock;
        this.bound = bound;
        if (!period.isZero()) {
            long millis = period.toMillis();
            var _ =
                    timer.scheduleWithFixedDelay(
                            this::check, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** What does not work since when; empty when everything did in the latest round. */
    public Optional<Failure> failure() {
        return failure;
    }

    /** How long the latest round took. */
    public Duration took() {
        return took;
    }

    /** A round now, unless one was a moment ago: for when something is known to be wrong. */
    public void refresh() {
        if (System.nanoTime() - latest > AGAIN.toNanos()) {
            check();
        }
    }

    /** One round; waits for its end, but not longer than its bound. */
    void check() {
        long begin = System.nanoTime();
        latest = begin;
        var round = new FutureTask<>(this::round);
        FutureTask<Optional<String>> before = running.compareAndExchange(null, round);
        if (before == null) {
            Thread.ofVirtual().name("self-check-round").start(round);
        }
        Optional<String> wrong = outcome(before == null ? round : before);
        took = Duration.ofNanos(System.nanoTime() - begin);
        Optional<Failure> known = failure;
        failure =
                wrong.map(what ->
                        new Failure(what, known.map(Failure::since).orElseGet(clock::instant)));
        then.run();
    }

    /** What to do after each round; must not throw. */
    public void then(Runnable next) {
        then = next;
    }

    private Optional<String> outcome(Future<Optional<String>> round) {
        try {
            return round.get(bound.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.of(
                    "An event of its own was not stored and received within %d s."
                            .formatted(bound.toSeconds()));
        } catch (ExecutionException e) {
            return Optional.of(e.getCause() == null ? e.toString() : e.getCause().toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty(); // the gateway is closing
        }
    }

    private Optional<String> round() throws InterruptedException {
        try {
            Optional<String> wrong = eventComesBack();
            return wrong.isPresent() ? wrong : listener.get();
        } finally {
            running.set(null);
        }
    }

    private Optional<String> eventComesBack() throws InterruptedException {
        var patterns = List.of(ChannelPattern.parse(CHANNEL.name()));
        var start = new Start.At(broker.newest().position());
        try (Subscription subscription = broker.subscribe(patterns, start);
                LiveCheck.Reader reader = live.read(CHANNEL)) {
            Cursor cursor = publish();
            long deadline = System.nanoTime() + bound.toNanos();
            while (System.nanoTime() < deadline) {
                Batch batch = subscription.next(1 << 16, cursor.position(), Duration.ofSeconds(1));
                if (batch.frames().stream().anyMatch(f -> f.position() == cursor.position())) {
                    return reader.await(cursor, bound.dividedBy(2)); // or the round takes too long
                }
            }
            return Optional.of("An event of its own was stored, but no subscription received it.");
        }
    }

    /** With a key, so that everything that publishers use is used. */
    private Cursor publish() {
        Instant now = clock.instant();
        var header = Header.of(CHANNEL, now, Subject.NONE);
        var event = new Event.Log(header, Level.TRACE, "self-check", null, null);
        byte[] answer =
                broker.publishOnce(
                        List.of(event),
                        "self-check-" + now,
                        cursor -> cursor.toString().getBytes(StandardCharsets.UTF_8));
        return Cursor.parse(new String(answer, StandardCharsets.UTF_8));
    }

    /** Ends the rounds. */
    @Override
    public void close() {
        timer.shutdownNow();
    }
}
