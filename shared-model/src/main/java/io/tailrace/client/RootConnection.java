package io.tailrace.client;

import io.tailrace.client.ConnectionState.Connected;
import io.tailrace.client.ConnectionState.Connecting;
import io.tailrace.client.ConnectionState.Stopped;
import io.tailrace.client.ConnectionState.Waiting;
import io.tailrace.client.Opened.Broken;
import io.tailrace.client.Opened.Ending;
import io.tailrace.client.Opened.Refused;
import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one connection of a client to the gateway: connects, reads, backs off, resumes, until it is
 * closed.
 *
 * <p>Everything that happens is told to the sink, in order, on the connection's own thread. The
 * sink may block: then nothing more is read, and the gateway feels it. Each stored entry is handed
 * over once. All methods may be called from any thread.
 */
public final class RootConnection implements AutoCloseable {

    private static final Duration NO_END = Duration.ofDays(36_500);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final RootConnectionSettings settings;
    private final Timing timing;
    private final Consumer<StreamItem> sink;
    private final StreamFollower follower;

    // Only the connection's thread uses these.
    private Backoff backoff;
    private int attempt = 1;

    // Guarded by this: what other threads may end or hurry.
    private @Nullable Thread thread;
    private @Nullable HttpStream stream;
    private boolean waiting;
    private boolean hurry;
    private boolean closed;

    /**
     * Prepares a connection; {@link #start} opens it.
     *
     * @param sink receives everything, on the connection's thread; may block
     */
    public RootConnection(RootConnectionSettings settings, Consumer<StreamItem> sink) {
        this.settings = settings;
        this.timing = settings.timing();
        this.backoff = timing.backoff();
        this.sink = sink;
        this.follower = new StreamFollower(settings, this::tell);
    }

    /**
     * Begins to connect.
     *
     * @throws IllegalStateException when it was started or closed before
     */
    public synchronized void start() {
        if (thread != null || closed) {
            throw new IllegalStateException("A root connection is started once.");
        }
        thread = Thread.ofPlatform().daemon().name("tailrace-connection").start(this::run);
    }

    /**
     * Connects again at once: ends a wait, revives a connection that was refused, or drops the
     * stream that is open.
     */
    public synchronized void reconnectNow() {
        hurry = true;
        if (waiting && thread != null) {
            thread.interrupt();
        }
        if (stream != null) {
            stream.cancel();
        }
    }

    /** The latest stored entry that the sink has taken: what a later connection continues after. */
    public Optional<Cursor> cursor() {
        return Optional.ofNullable(follower.cursor());
    }

    /**
     * Ends the connection and waits for its thread, unless called from the sink. The sink is not
     * called any more; one that blocks is interrupted.
     */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            closed = true;
            running = thread;
            if (running != null) {
                running.interrupt();
            }
            if (stream != null) {
                stream.cancel();
            }
        }
        if (running == null || running.equals(Thread.currentThread())) {
            return;
        }
        try {
            running.join(LONGEST_GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        HttpClient client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timing.connect())
                        .executor(task -> Thread.ofVirtual().name("tailrace-http").start(task))
                        .build();
        try (Watchdog watchdog = new Watchdog(timing.pacer())) {
            while (!closed()) {
                tell(new StreamItem.Changed(new Connecting(attempt)));
                pause(connect(client, watchdog));
            }
        } catch (InterruptedException e) {
            // closed while it connected
        } finally {
            end(client);
        }
    }

    /** Ends the client's own threads as well. */
    private static void end(HttpClient client) {
        client.shutdownNow();
        try {
            boolean _ = Thread.interrupted(); // it has served its purpose
            boolean _ = client.awaitTermination(LONGEST_GOODBYE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One try, from the request to the end of its stream. */
    private Ending connect(HttpClient client, Watchdog watchdog) throws InterruptedException {
        HttpStream next = new HttpStream(client, settings.gateway(), timing, watchdog);
        synchronized (this) {
            hurry = false;
            stream = next;
        }
        try {
            return switch (next.open(follower.request())) {
                case Opened.Open open -> follower.follow(open.body(), watchdog, this::opened);
                case Ending ending -> ending;
            };
        } finally {
            synchronized (this) {
                stream = null;
            }
            next.cancel();
        }
    }

    private void opened() {
        backoff = backoff.reset();
        attempt = 0;
        tell(new StreamItem.Changed(new Connected(timing.pacer().now())));
    }

    /** Says why there is no stream, and waits as long as that calls for. */
    private void pause(Ending ending) {
        if (hurried()) {
            startAfresh();
            return;
        }
        attempt++;
        Duration wait =
                switch (ending) {
                    case Refused _ -> NO_END;
                    case Broken broken -> delay(broken);
                };
        ConnectionState state =
                switch (ending) {
                    case Refused refused -> new Stopped(refused.reason());
                    case Broken broken ->
                            new Waiting(timing.pacer().now().plus(wait), attempt, broken.reason());
                };
        tell(new StreamItem.Changed(state));
        await(wait);
        if (hurried()) {
            startAfresh();
        }
    }

    private Duration delay(Broken broken) {
        Duration wish = follower.retry();
        Backoff now = wish == null ? backoff : backoff.withBase(wish);
        Duration usual = now.delay(timing.random());
        Duration asked = broken.delay();
        backoff = now.next();
        if (asked == null) {
            return usual;
        }
        return broken.exactly() || asked.compareTo(usual) > 0 ? asked : usual;
    }

    private void startAfresh() {
        backoff = backoff.reset();
        attempt = 1;
    }

    /** Waits, unless somebody is in a hurry; may only be interrupted here and by close. */
    private void await(Duration time) {
        synchronized (this) {
            if (hurry || closed) {
                return;
            }
            waiting = true;
        }
        try {
            timing.pacer().pause(time);
        } catch (InterruptedException e) {
            // in a hurry, or closed: the caller looks
        } finally {
            synchronized (this) {
                waiting = false;
                if (!closed) {
                    // one that came too late must not end the next try
                    boolean _ = Thread.interrupted();
                }
            }
        }
    }

    private void tell(StreamItem item) {
        if (!closed()) {
            sink.accept(item);
        }
    }

    private synchronized boolean closed() {
        return closed;
    }

    private synchronized boolean hurried() {
        return hurry;
    }
}
