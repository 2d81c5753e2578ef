package io.tailrace.desktop.connection;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.ChannelChange;
import io.tailrace.client.ChannelStart;
import io.tailrace.client.ConnectionState;
import io.tailrace.client.Reply;
import io.tailrace.client.RootConnection;
import io.tailrace.client.RootConnectionSettings;
import io.tailrace.client.StreamItem;
import io.tailrace.desktop.state.EventCache;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What fills the inbox: first what was kept of the gateway, then the root connection behind it; or
 * a story that was saved. All methods may be called from any thread and none blocks, but for {@link
 * #changeChannels}.
 */
public final class Connection implements AutoCloseable {

    /** How many items wait for the screen at most. */
    public static final int MAX_ITEMS = 65_536;

    /** How many bytes wait for the screen at most. */
    public static final long MAX_BYTES = 64L << 20;

    private final Inbox inbox = new Inbox(MAX_ITEMS, MAX_BYTES);
    private final Runnable beginning;
    private final boolean hasGateway;
    // guarded by this; set once by the starting thread
    private @Nullable RootConnection root;
    private @Nullable EventCache cache;
    private boolean closed;
    private @Nullable Thread ending;

    private Connection(boolean hasGateway, Consumer<Connection> beginning) {
        this.hasGateway = hasGateway;
        this.beginning = () -> beginning.accept(this);
    }

    /** A connection to a gateway of which nothing is kept; {@link #start} opens it. */
    public static Connection live(RootConnectionSettings settings) {
        return live(settings, Optional::empty);
    }

    /**
     * A connection to a gateway; {@link #start} opens it.
     *
     * @param cache opens what was kept of the gateway; called on a thread that may block
     */
    public static Connection live(
            RootConnectionSettings settings, Supplier<Optional<EventCache>> cache) {
        return new Connection(
                true, connection -> connection.live(settings, connection.open(cache)));
    }

    /**
     * Something that was saved, in place of a gateway.
     *
     * @param story hands on every item; called on a thread that may block
     * @param sentence what the status bar says when all was read
     */
    public static Connection saved(Consumer<Consumer<StreamItem>> story, String sentence) {
        return new Connection(
                false,
                connection -> {
                    story.accept(connection.inbox::put);
                    connection.inbox.put(
                            new StreamItem.Changed(new ConnectionState.Stopped(sentence)));
                });
    }

    /** Whether there is a gateway to ask, and not something that was saved in place of it. */
    public boolean hasGateway() {
        return hasGateway;
    }

    /** Begins to connect. */
    public void start() {
        Thread _ = Thread.ofVirtual().name("console-start").start(beginning);
    }

    private @Nullable EventCache open(Supplier<Optional<EventCache>> kept) {
        try {
            return kept.get().orElse(null);
        } catch (RuntimeException e) {
            withoutCache(e);
            return null;
        }
    }

    /** Goes on behind as much as could be shown: nothing is missing, and nothing comes twice. */
    private void replay(EventCache kept) {
        try {
            boolean _ = kept.replay(inbox::put);
        } catch (RuntimeException e) {
            withoutCache(e);
        }
    }

    private void withoutCache(RuntimeException cause) {
        inbox.put(
                new StreamItem.Warned(
                        text(
                                "connection.unreadable",
                                Objects.requireNonNullElse(
                                        cause.getMessage(), cause.getClass().getSimpleName()))));
    }

    private void live(RootConnectionSettings wanted, @Nullable EventCache kept) {
        synchronized (this) {
            cache = kept;
        }
        if (kept != null) {
            replay(kept);
        }
        RootConnectionSettings first =
                kept != null && kept.place() != null ? Resume.settings(wanted, kept) : wanted;
        RootConnection connection =
                new RootConnection(
                        first,
                        item -> {
                            if (kept == null || kept.keep(item)) {
                                inbox.put(item);
                            }
                        });
        synchronized (this) {
            if (closed) {
                if (kept != null) {
                    kept.close();
                }
                return;
            }
            root = connection;
            connection.start();
        }
        if (!Resume.same(first.channels(), wanted.channels())) {
            var _ =
                    connection.changeChannels(
                            wanted.channels(), new ChannelStart.Newest(Math.max(1, wanted.tail())));
        }
    }

    /** Where received items wait. */
    public Inbox inbox() {
        return inbox;
    }

    /** Tries at once, whatever was being waited for. */
    public void reconnectNow() {
        RootConnection now = root();
        if (now != null) {
            now.reconnectNow();
        }
    }

    /**
     * Receives other channels on the same stream; blocks until the gateway has answered.
     *
     * @param channels all that are to be received
     * @param start where those begin that were not received before
     */
    public Reply<ChannelChange> changeChannels(List<ChannelPattern> channels, ChannelStart start) {
        RootConnection now = root();
        return now == null
                ? new Reply.Unreachable<>(text("connection.none"))
                : now.changeChannels(channels, start);
    }

    /** Where the stream stands; empty before anything was received. */
    public Optional<Cursor> place() {
        RootConnection now = root();
        return now == null ? Optional.empty() : now.cursor();
    }

    /** What is kept on this machine; null when nothing is. For reading beside the stream. */
    public synchronized @Nullable EventCache cache() {
        return cache;
    }

    /** Ends the connection; what waits is forgotten. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        inbox.close(); // first, so that the reader does not hang in it
        ending = Thread.ofVirtual().name("tailrace-goodbye").start(this::end);
    }

    /** Waits until what was received is on disk, at most so many milliseconds. */
    public void awaitEnd(long millis) {
        Thread thread;
        synchronized (this) {
            thread = ending;
        }
        try {
            if (thread != null) {
                thread.join(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end() {
        RootConnection last = root();
        if (last != null) {
            last.close();
        }
        EventCache kept = cache();
        if (kept != null) {
            kept.close();
        }
    }

    private synchronized @Nullable RootConnection root() {
        return root;
    }
}
