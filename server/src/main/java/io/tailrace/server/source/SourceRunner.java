package io.tailrace.server.source;

import io.tailrace.model.Event;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.deadletter.DeadLetter;
import io.tailrace.server.deadletter.DeadLetters;
import io.tailrace.server.eventlog.EventLog;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps one source going on a thread of its own, and tries again when it fails. Its status may be
 * asked for on any thread.
 */
final class SourceRunner {

    private static final System.Logger LOGGER = System.getLogger(SourceRunner.class.getName());
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);
    private static final Duration SAID_EVERY = Duration.ofSeconds(10);
    private static final int MOST_LETTERS = 100; // of what is stored at once

    private final Source source;
    private final Broker broker;
    private final EventLog log;
    private final DeadLetters letters;
    private final Backoff backoff;
    private final Clock clock;
    private final String note;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong rejected = new AtomicLong();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    // Written by the source's thread.
    private volatile Progress progress;
    private volatile @Nullable String problem;
    private @Nullable String failure; // that it was interrupted by; the source's thread only

    private record Progress(
            SourceStatus.State state, Instant since, int failures, @Nullable Instant retry) {}

    /**
     * Ready to start.
     *
     * @param log keeps the position
     * @param letters keeps what was left out
     */
    SourceRunner(
            Source source,
            Broker broker,
            EventLog log,
            DeadLetters letters,
            Backoff backoff,
            Clock clock) {
        this.letters = letters;
        this.source = source;
        this.broker = broker;
        this.log = log;
        this.backoff = backoff;
        this.clock = clock;
        this.note = "source:" + source.name() + ":";
        this.progress = new Progress(SourceStatus.State.RUNNING, clock.instant(), 0, null);
        // The log pins the carriers of virtual threads.
        this.thread =
                Thread.ofPlatform().daemon().name("source-" + source.name()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        int failures = 0;
        while (!Thread.currentThread().isInterrupted() && stopping.getCount() > 0) {
            long before = events.get();
            long begun = clock.millis();
            become(SourceStatus.State.RUNNING, failures, null);
            try {
                source.run(new Stored());
            } catch (InterruptedException e) {
                break;
            } catch (Exception | Error e) { // whatever it is, it is tried again
                if (stopping.getCount() == 0) {
                    break; // such as a file that was closed by the interruption
                }
                boolean worked =
                        events.get() > before
                                || clock.millis() - begun > backoff.longest().toMillis();
                failures = worked ? 1 : failures + 1;
                failed(e);
            }
            if (!await(failures)) {
                break;
            }
        }
        become(SourceStatus.State.STOPPED, failures, null);
    }

    private void failed(Throwable e) {
        boolean expected =
                e instanceof IOException
                        || e instanceof UncheckedIOException
                        || e.getMessage() != null;
        String sentence = expected ? String.valueOf(e.getMessage()) : e.toString();
        if (!sentence.equals(problem)) { // else it was said
            say("Source '%s' is interrupted: %s".formatted(source.name(), sentence));
        }
        problem = sentence;
        failure = sentence;
    }

    private static void say(String sentence) {
        LOGGER.log(System.Logger.Level.WARNING, sentence);
    }

    /** Whether to go on after a while. */
    private boolean await(int failures) {
        Duration wait = backoff.after(Math.max(1, failures), ThreadLocalRandom.current());
        become(
                backoff.suspends(failures)
                        ? SourceStatus.State.SUSPENDED
                        : SourceStatus.State.WAITING,
                failures,
                clock.instant().plus(wait));
        try {
            return !stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void become(SourceStatus.State state, int failures, @Nullable Instant retry) {
        progress = new Progress(state, clock.instant(), failures, retry);
    }

    /** How it is. */
    SourceStatus status() {
        Progress now = progress;
        return new SourceStatus(
                source.name(),
                source.type(),
                now.state(),
                now.since(),
                events.get(),
                rejected.get(),
                now.failures(),
                now.retry(),
                problem,
                source.parts());
    }

    /** Interrupts it; what it did not store is fetched again at the next start. */
    void stop() throws InterruptedException {
        stopping.countDown();
        thread.interrupt();
        if (thread.isAlive() && !thread.join(LONGEST_STOP)) {
            say("Source '%s' did not stop in time.".formatted(source.name()));
        }
    }

    private record Letter(String sentence, byte[] body, String target, String contentType) {}

    private final class Stored implements Outlet {

        // Of what is not stored yet: when it fails they come again.
        private final List<Letter> left = new ArrayList<>();
        private long saidRejected;

        @Override
        public Optional<byte[]> position(String part) {
            return log.note(note + part);
        }

        @Override
        public void store(List<Event.Published> published, Map<String, byte[]> position) {
            Map<String, byte[]> notes = new HashMap<>();
            position.forEach((part, value) -> notes.put(note + part, value));
            if (!published.isEmpty()) {
                publish(published, notes);
            } else if (!notes.isEmpty()) {
                log.putNotes(notes);
            }
            for (Letter letter : left) {
                letters.keep(
                        new DeadLetter.Source(
                                "source:" + source.name(), letter.target(), letter.contentType()),
                        letter.sentence(),
                        letter.body(),
                        0,
                        letter.body().length);
            }
            left.clear();
            if (progress.failures() > 0) { // it works again
                become(SourceStatus.State.RUNNING, 0, null);
                if (Objects.equals(problem, failure)) { // else something else stands
                    problem = null;
                }
            }
        }

        private void publish(List<Event.Published> published, Map<String, byte[]> notes) {
            List<Event.Published> shown = published.stream().filter(this::admitted).toList();
            if (shown.isEmpty()) {
                log.putNotes(notes);
            } else {
                var _ = broker.publish(shown, notes);
            }
            events.addAndGet(shown.size());
        }

        private boolean admitted(Event.Published event) {
            boolean admitted = broker.admits(event.channel());
            if (!admitted) {
                rejected(
                        "Channel '%s' would be one too many: raise max-channels."
                                .formatted(event.channel()));
            }
            return admitted;
        }

        @Override
        public void rejected(String sentence) {
            long now = rejected.incrementAndGet();
            problem = sentence;
            if (clock.millis() - saidRejected >= SAID_EVERY.toMillis()) { // it may rain garbage
                say(
                        "Source '%s': %s Left out since the start: %,d."
                                .formatted(source.name(), sentence, now));
                saidRejected = clock.millis();
            }
        }

        @Override
        public void rejected(String sentence, byte[] body, String target, String contentType) {
            rejected(sentence);
            if (left.size() < MOST_LETTERS) {
                left.add(new Letter(sentence, body, target, contentType));
            }
        }

        @Override
        public void resolved(String sentence) {
            if (sentence.equals(problem)) {
                problem = null;
            }
        }

        @Override
        public void warn(String sentence) {
            if (!sentence.equals(problem)) { // else it was said
                say("Source '%s': %s".formatted(source.name(), sentence));
            }
            problem = sentence;
        }
    }
}
