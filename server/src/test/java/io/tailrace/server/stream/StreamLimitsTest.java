package io.tailrace.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.tailrace.server.access.Caller;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.stream.StreamLimits.Place;
import io.tailrace.server.stream.StreamLimits.Transport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

class StreamLimitsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Caller ALICE = new NamedCaller("alice");
    private static final Caller BOB = new NamedCaller("bob");

    private final ConcurrentLinkedQueue<Predicate<Caller>> probes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> hits = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private StreamLimits limits(int most, int perCaller, Duration patience) {
        return new StreamLimits(most, perCaller, patience, probes::add, hits::add);
    }

    private Future<Place> comes(StreamLimits limits, Caller caller) {
        return threads.submit(() -> limits.enter(caller, Transport.SSE));
    }

    /** Comes, and waits behind those who came before. */
    private Future<Place> waits(StreamLimits limits, Caller caller) {
        int before = limits.waiting();
        Future<Place> newcomer = comes(limits, caller);
        await().until(() -> limits.waiting() == before + 1);
        return newcomer;
    }

    private static HttpProblem refused(Callable<Place> newcomer) {
        return catchThrowableOfType(HttpProblem.class, newcomer::call);
    }

    @Test
    void aPlaceThatGetsFreeGoesToWhoeverHasWaitedLongest() throws Exception {
        StreamLimits limits = limits(2, 10, LONG);
        Place one = limits.enter(Caller.ANYBODY, Transport.SSE);
        Place two = limits.enter(Caller.ANYBODY, Transport.POLL);
        Future<Place> first = waits(limits, Caller.ANYBODY);
        Future<Place> second = waits(limits, ALICE);

        one.close();
        one.close();
        Place got = first.get();
        assertThat(second.isDone()).isFalse();
        assertThat(limits.open(Transport.SSE)).isEqualTo(1);

        two.close();
        second.get().close();
        got.close();
        assertThat(limits.open(Transport.SSE)).isZero();
        assertThat(limits.open(Transport.POLL)).isZero();
        assertThat(limits.callers()).isZero();
        assertThat(hits).isEmpty();
    }

    @Test
    void aFloodOfNewcomersMakesNoMoreSweepsThanOne() throws Exception {
        StreamLimits limits = limits(500, 10, Duration.ofMillis(300));
        for (int i = 0; i < 500; i++) {
            var _ = limits.enter(Caller.ANYBODY, Transport.SSE);
        }
        List<Future<Place>> flood = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            flood.add(comes(limits, Caller.ANYBODY));
        }
        long begin = System.nanoTime();
        for (Future<Place> newcomer : flood) {
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(newcomer::get)
                    .withMessageContaining("has 500 streams open, which is all it takes");
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();

        assertThat(hits).hasSize(2_000).containsOnly("streams");
        assertThat(probes).hasSizeBetween(1, 4 + 2 * (int) seconds);
        assertThat(limits.waiting()).isZero();
    }

    @Test
    void noMoreWaitThanThereArePlaces() throws Exception {
        StreamLimits limits = limits(2, 1, LONG);
        Place alice = limits.enter(ALICE, Transport.SSE);
        Future<Place> hers = waits(limits, ALICE);
        HttpProblem third = refused(() -> limits.enter(ALICE, Transport.SSE));
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.detail()).contains("You have 1 streams open");

        Place bob = limits.enter(BOB, Transport.SSE);
        Future<Place> his = waits(limits, BOB);
        HttpProblem anybody = refused(() -> limits.enter(Caller.ANYBODY, Transport.SSE));
        assertThat(anybody.status()).isEqualTo(503);
        assertThat(anybody.retrySeconds()).isPositive();
        assertThat(hits).containsExactly("streams_per_caller", "streams");

        alice.close();
        hers.get().close();
        bob.close();
        his.get().close();
        assertThat(limits.callers()).isZero();
    }

    @Test
    void whoeverIsHeldUpByHisOwnStreamsHoldsUpNobodyElse() throws Exception {
        StreamLimits limits = limits(3, 1, LONG);
        Place alice = limits.enter(ALICE, Transport.SSE);
        Future<Place> hers = waits(limits, ALICE);
        Place bob = limits.enter(BOB, Transport.SSE);
        Place last = limits.enter(Caller.ANYBODY, Transport.SSE);
        Future<Place> somebodys = waits(limits, Caller.ANYBODY);

        last.close();
        somebodys.get();
        assertThat(hers.isDone()).isFalse();
        bob.close();
        limits.enter(BOB, Transport.SSE).close();
        assertThat(hers.isDone()).isFalse();
        alice.close();
        hers.get();
        assertThat(limits.callers()).isEqualTo(1);
    }

    @Test
    void onlyTheStreamsOfThoseAreProbedWhoAreHeldUpByThem() throws Exception {
        StreamLimits limits = limits(3, 1, LONG);
        var _ = limits.enter(ALICE, Transport.SSE);
        var _ = waits(limits, ALICE);
        await().until(() -> !probes.isEmpty());
        assertThat(probes.peek()).accepts(ALICE).rejects(BOB);

        var _ = limits.enter(BOB, Transport.SSE);
        var _ = limits.enter(Caller.ANYBODY, Transport.SSE);
        probes.clear();
        await().until(() -> !probes.isEmpty());
        assertThat(probes.peek()).accepts(ALICE, BOB, Caller.ANYBODY);
    }

    @Test
    void aNewcomerIsNotRefusedBecauseOthersWereQuicker() throws Exception {
        StreamLimits limits = limits(50, 10, LONG);
        List<Place> old = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            old.add(limits.enter(Caller.ANYBODY, Transport.SSE));
        }
        List<Future<Place>> newcomers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            newcomers.add(comes(limits, Caller.ANYBODY));
        }
        await().until(() -> limits.waiting() == 50);
        old.forEach(Place::close);

        for (Future<Place> newcomer : newcomers) {
            newcomer.get().close();
        }
        assertThat(limits.open(Transport.SSE)).isZero();
    }

    @Test
    void whoeverWaitsIsRefusedWhenTheGatewayStops() throws Exception {
        StreamLimits limits = limits(1, 1, LONG);
        Place alice = limits.enter(ALICE, Transport.SSE);
        Future<Place> hers = waits(limits, ALICE);

        limits.drain();

        assertThatExceptionOfType(Exception.class)
                .isThrownBy(hers::get)
                .withMessageContaining("The gateway is stopping. Connect again later.");
        alice.close();
        assertThat(refused(() -> limits.enter(BOB, Transport.SSE)).status()).isEqualTo(503);
        assertThat(limits.callers()).isZero();
        assertThat(hits).isEmpty();
    }

    @Test
    void whoeverIsInterruptedTakesNoPlaceAlong() throws Exception {
        StreamLimits limits = limits(1, 1, LONG);
        Place alice = limits.enter(ALICE, Transport.SSE);
        Future<?> bob =
                threads.submit(() -> {
                    limits.enter(BOB, Transport.SSE).close();
                    return true;
                });
        await().until(() -> limits.waiting() == 1);
        bob.cancel(true);
        alice.close(); // whether he has noticed already or not

        await().until(() -> limits.waiting() == 0 && limits.open(Transport.SSE) == 0);
        assertThat(limits.callers()).isZero();
    }

    @Test
    void neverGivesMorePlacesThanThereAre() throws Exception {
        StreamLimits limits = limits(26, 8, LONG);
        List<Caller> callers = List.of(ALICE, BOB, new NamedCaller("carol"), Caller.ANYBODY);
        AtomicInteger inside = new AtomicInteger();
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 36; i++) {
            Caller caller = callers.get(i % 4);
            all.add(threads.submit(() -> comesAndGoes(limits, caller, inside)));
        }
        for (Future<Boolean> one : all) {
            assertThat(one.get()).isTrue();
        }
        assertThat(limits.open(Transport.SSE)).isZero();
        assertThat(limits.callers()).isZero();
        assertThat(limits.waiting()).isZero();
    }

    private static boolean comesAndGoes(StreamLimits limits, Caller caller, AtomicInteger inside)
            throws InterruptedException {
        boolean kept = true;
        for (int i = 0; i < 500; i++) {
            try (Place _ = limits.enter(caller, Transport.SSE)) {
                kept &= inside.incrementAndGet() <= 26;
                if (ThreadLocalRandom.current().nextInt(3) == 0) {
                    LockSupport.parkNanos(1_000); // others come meanwhile
                }
                inside.decrementAndGet();
            } catch (HttpProblem e) {
                return false; // one of nine always has a place, so there is room for the others to
                              // wait
            }
        }
        return kept;
    }
}
