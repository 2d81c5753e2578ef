package io.tailrace.publisher;

import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;

import java.net.URI;
import java.time.Duration;

/**
 * Sends a pipeline's events to a gateway: in order, each exactly once, retrying until acknowledged.
 *
 * <p>Any thread may publish. The network never makes {@link #publish} throw, and it holds the
 * pipeline up only as far as {@link WhenFull} says. One per process is enough.
 *
 * <pre>{@code
 * try (Publisher publisher = Publisher.to("http://127.0.0.1:8787")) {
 *     RunScope run = publisher.workflow("acme", "orders").start();
 *     TaskScope extract = run.task("extract").start();
 *     extract.progress(50, 1_000, "half of the file");
 *     extract.complete(2_000);
 *     run.complete();
 * }
 * }</pre>
 */
public final class Publisher implements AutoCloseable {

    private static final Duration SHORTLY = Duration.ofSeconds(1);

    /** What waits in memory is written to disk meanwhile. */
    private static final Duration LONGER = Duration.ofSeconds(5);

    private final PublisherSettings settings;
    private final PublishListener listener;
    private final Backlog backlog;
    private final Thread thread;

    /** A publisher that logs what goes wrong. */
    public Publisher(PublisherSettings settings) {
        this(settings, new LoggingListener(settings.gateway()));
    }

    /** A publisher that tells a listener what becomes of its events. */
    public Publisher(PublisherSettings settings, PublishListener listener) {
        this.settings = settings;
        this.listener = listener;
        PublisherSettings unique = settings.unique();
        this.backlog = new Backlog(unique);
        // A daemon: a pipeline that forgets to close its publisher still ends.
        this.thread =
                Thread.ofPlatform()
                        .name("tailrace-publisher")
                        .daemon(true)
                        .start(new Sender(unique, backlog, listener));
    }

    /**
     * A publisher with the usual settings, where system properties and the environment say nothing
     * else, see {@link PublisherSettings#fromEnvironment}.
     *
     * @param gateway the gateway's address
     * @throws IllegalArgumentException when it is none
     */
    public static Publisher to(String gateway) {
        return new Publisher(PublisherSettings.fromEnvironment(URI.create(gateway)));
    }

    /**
     * A publisher as system properties and the environment say: {@code TAILRACE_URL} and others,
     * see {@link PublisherSettings#fromEnvironment}.
     *
     * @throws IllegalArgumentException with a sentence when the address is missing or something is
     *     wrong
     */
    public static Publisher fromEnvironment() {
        return new Publisher(Options.ofProcess().settings());
    }

    /** Where events of one workflow begin. */
    public Workflow workflow(String workspace, String workflow) {
        return new Workflow(this, workspace, workflow);
    }

    /**
     * Receives commands for one workflow until the answer is closed. Close it before the publisher,
     * which carries the answers.
     */
    public CommandListener commands(String workspace, String workflow, CommandHandler handler) {
        return new CommandListener(this, workspace, workflow, handler);
    }

    /** Encodes the event on this thread and leaves it to the publisher's. */
    public void publish(Event.Published event) {
        byte[] json;
        try {
            json = EventCodec.encode(event);
        } catch (RuntimeException e) {
            // a field's value that is no JSON value; monitoring must not end the pipeline
            backlog.countRejected();
            listener.rejected(event.kind(), "It cannot be written as JSON: " + e.getMessage());
            return;
        }
        boolean own = sending();
        if (!backlog.add(json, !own) && !thread.isAlive()) {
            listener.dropped(backlog.droppedSinceTold(), "The publisher is closed.");
        }
    }

    /**
     * Waits until everything published before is settled: acknowledged, or rejected and reported.
     *
     * @return whether it was in time
     */
    public boolean flush(Duration atMost) {
        try {
            return backlog.flush(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What became of the events so far. */
    public PublisherStats stats() {
        return backlog.stats();
    }

    /** How this publisher works. */
    public PublisherSettings settings() {
        return settings;
    }

    /**
     * Delivers what is waiting, within the settings' time limit, and reports what could not be
     * delivered. Closing twice does nothing.
     */
    @Override
    public void close() {
        if (backlog.closed()) {
            return;
        }
        backlog.hurry();
        if (!sending()) {
            flush(settings.closeTimeout());
        }
        backlog.close();
        thread.interrupt();
        awaitEnd();
        PublisherStats left = stats();
        if (left.spilled() > 0) {
            listener.kept(left.spilled());
        }
        if (left.queued() > left.spilled()) {
            listener.undelivered(left.queued() - left.spilled());
        }
    }

    private void awaitEnd() {
        try {
            if (!sending()) {
                thread.join(settings.spill() == null ? SHORTLY : LONGER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether this is the publisher's own thread, which must never wait for itself. */
    boolean sending() {
        return Thread.currentThread().equals(thread);
    }
}
