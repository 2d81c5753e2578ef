package io.tailrace.server.stream;

import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.http.HttpProblem;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The open streams, and the watchdog that ends those whose reader takes nothing any more.
 * Thread-safe.
 */
public final class SessionRegistry implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(SessionRegistry.class.getName());

    // The first write to a reader that went away still succeeds.
    private static final int PROBES = 4;
    private static final long PROBE = TimeUnit.MILLISECONDS.toNanos(100);

    // Grants that change or run out are noticed within a second.
    private static final long RECHECK = 500;

    private final SessionOptions options;
    private final ScheduledExecutorService watchdog =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("write-watchdog").factory());
    private final PumpWatch pumps;
    private final WideReads wide = new WideReads();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();

    // Guarded by lock.
    private final Set<OpenStream> sessions = new LinkedHashSet<>();
    private final Map<String, Lot> lots = new HashMap<>();
    private boolean draining;

    /** The streams of one session, and who waits to be one. Guarded by lock. */
    private static final class Lot {
        final List<OpenStream> streams = new ArrayList<>();
        final Condition left;
        int waiting;

        Lot(Condition left) {
            this.left = left;
        }
    }

    /** Starts the watchdog and the pumps. */
    public SessionRegistry(SessionOptions options, SessionObserver observer, Clock clock) {
        this.options = options;
        this.pumps = new PumpWatch(options, observer, clock);
        long period = Math.clamp(options.writeTimeout().toMillis() / 4, 10, 1_000);
        var _ =
                watchdog.scheduleWithFixedDelay(
                        always(this::checkWrites), period, period, TimeUnit.MILLISECONDS);
        var _ =
                watchdog.scheduleWithFixedDelay(
                        always(this::recheck), RECHECK, RECHECK, TimeUnit.MILLISECONDS);
    }

    /** What is to be done again though it failed once. */
    private static Runnable always(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.ERROR, "Open streams could not be checked.", e);
            }
        };
    }

    /** Tries whether what is published comes through the pumps. */
    public LiveCheck liveCheck(Broker broker) {
        return new LiveCheck(pumps.all(), broker);
    }

    /** The pump for one more stream. */
    Pump pump() {
        return pumps.next();
    }

    /** For those who read what memory no longer has. */
    WideReads wide() {
        return wide;
    }

    private void checkWrites() {
        copy().forEach(session -> session.checkWrite(options.writeTimeout()));
    }

    /**
     * Adds a stream. When its session has too many already, those are made to notice whether their
     * reader went away; refuses the new one when they are all alive, or the gateway is stopping.
     */
    void add(OpenStream session) throws InterruptedException {
        lock.lock();
        try {
            Lot lot = lots.computeIfAbsent(session.id(), _ -> new Lot(lock.newCondition()));
            lot.waiting++;
            try {
                if (lot.waiting <= options.perSession()) { // no more wait than there are places
                    await(lot);
                }
                if (draining) {
                    throw new HttpProblem(
                            503, "Not available", "The gateway is stopping. Connect again later.");
                }
                if (lot.streams.size() >= options.perSession()) {
                    throw new HttpProblem(
                            429,
                            "Too many streams",
                            "Session '%s' has %d streams open already; close one or use another id."
                                    .formatted(session.id(), lot.streams.size()));
                }
                sessions.add(session);
                lot.streams.add(session);
            } finally {
                lot.waiting--;
                forget(session.id(), lot);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns when there is room, or none was found. */
    private void await(Lot lot) throws InterruptedException {
        for (int probes = 0; full(lot) && probes < PROBES; probes++) {
            lot.streams.forEach(OpenStream::probe);
            long nanos = PROBE;
            while (full(lot) && nanos > 0) {
                nanos = lot.left.awaitNanos(nanos);
            }
        }
    }

    private boolean full(Lot lot) {
        return !draining && lot.streams.size() >= options.perSession();
    }

    private void forget(String id, Lot lot) {
        if (lot.streams.isEmpty() && lot.waiting == 0) {
            lots.remove(id, lot);
        }
    }

    void remove(OpenStream session) {
        lock.lock();
        try {
            if (sessions.remove(session)) {
                Lot lot = lots.get(session.id());
                if (lot != null) {
                    lot.streams.remove(session);
                    lot.left.signalAll();
                    forget(session.id(), lot);
                }
                empty.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The streams of a session, oldest first, without pages. */
    List<Session> streams(String id) {
        return of(id).stream()
                .flatMap(s -> s instanceof Session session ? Stream.of(session) : Stream.empty())
                .toList();
    }

    /** Has all streams look at the grants of their callers; call it when grants change. */
    public void recheck() {
        copy().forEach(OpenStream::recheck);
    }

    /**
     * Has the streams of those callers notice whether their readers went away. Pages that wait are
     * left alone: nothing can be written to them before their end, which comes soon by itself.
     */
    public void probe(Predicate<Caller> whose) {
        for (OpenStream stream : copy()) {
            if (stream instanceof Session session && whose.test(session.caller())) {
                session.probe();
            }
        }
    }

    /** How many streams are open. */
    public int open() {
        return copy().size();
    }

    /** Names every session with a stream, and its caller. */
    public void each(BiConsumer<String, String> sessionAndCaller) {
        for (OpenStream stream : copy()) {
            if (stream instanceof Session session) {
                sessionAndCaller.accept(session.id(), session.caller().name());
            }
        }
    }

    /** The open streams, oldest first. */
    public List<SessionInfo> infos() {
        return copy().stream()
                .map(OpenStream::info)
                .sorted(Comparator.comparing(SessionInfo::started))
                .toList();
    }

    private List<OpenStream> of(String id) {
        lock.lock();
        try {
            Lot lot = lots.get(id);
            return lot == null ? List.of() : List.copyOf(lot.streams);
        } finally {
            lock.unlock();
        }
    }

    private List<OpenStream> copy() {
        lock.lock();
        try {
            return List.copyOf(sessions);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends all streams with a farewell and takes no new ones.
     *
     * @return whether all had ended in time
     */
    public boolean drain(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            draining = true;
            lots.values().forEach(lot -> lot.left.signalAll());
        } finally {
            lock.unlock();
        }
        copy().forEach(OpenStream::stop);
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (!sessions.isEmpty() && nanos > 0) {
                nanos = empty.awaitNanos(nanos);
            }
            return sessions.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watchdog and the pumps. */
    @Override
    public void close() {
        watchdog.shutdownNow();
        pumps.close();
    }
}
