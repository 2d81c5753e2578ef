package io.tailrace.client;

import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;

import org.jspecify.annotations.Nullable;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The one connection of a client to the gateway: connects, reads, backs off, resumes, until it is
 * closed. Where a proxy does not let the stream through it asks for pages instead, says so, and
 * returns to the stream by itself.
 *
 * <p>Everything that happens is told to the sink, in order, on the connection's own thread. The
 * sink may block: then nothing more is read, and the gateway feels it. Each stored entry is handed
 * over once. All methods may be called from any thread.
 */
public final class RootConnection implements AutoCloseable {

    private static final String ELSEWHERE =
            "The gateway does not find the stream to add channels to: they come with the next"
                    + " connection, without what they had before.";

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(5);

    private final RootConnectionSettings settings;
    private final Timing timing;
    private final Consumer<StreamItem> sink;
    private final Lifeline lifeline;
    private final Intake intake;
    private final ChannelChoice choice;
    private final Object oneChange = new Object(); // held while the gateway is asked for a change

    // Set by the connection's thread while it runs, used by whoever changes the channels.
    private volatile @Nullable HttpClient client;
    // Set by the connection's thread, read by whoever changes the channels.
    private volatile boolean streaming;
    // Set by whoever changes the channels, told by the connection's thread with the next item.
    private volatile @Nullable String untold;

    /**
     * Prepares a connection; {@link #start} opens it.
     *
     * @param sink receives everything, on the connection's thread; may block
     */
    public RootConnection(RootConnectionSettings settings, Consumer<StreamItem> sink) {
        this.settings = settings;
        this.timing = settings.timing();
        this.sink = sink;
        this.lifeline = new Lifeline(timing.pacer());
        this.intake = new Intake(settings, this::tell);
        this.choice = new ChannelChoice(settings.channels());
    }

    /**
     * Begins to connect.
     *
     * @throws IllegalStateException when it was started or closed before
     */
    public void start() {
        lifeline.start(this::run);
    }

    /**
     * Connects again at once: ends a wait, revives a connection that was refused, or drops the
     * stream that is open.
     */
    public void reconnectNow() {
        lifeline.hurry();
    }

    /**
     * Receives other channels from now on, without a new connection where there is a stream. Blocks
     * until the gateway has answered: call it on a virtual thread. A channel that is left and named
     * again begins anew.
     *
     * @param channels all that are to be received
     * @param start where those begin that were not received before
     * @return when they count, or why the gateway refused: then nothing has changed
     * @throws IllegalArgumentException when there is no channel
     */
    public Reply<ChannelChange> changeChannels(List<ChannelPattern> channels, ChannelStart start) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("Name at least one channel to receive.");
        }
        synchronized (oneChange) {
            ChannelChoice.Wanted before = choice.want(channels, start);
            ChannelChoice.Wanted wanted = choice.wanted();
            if (!streaming) {
                lifeline.refresh();
                return new Reply.Ok<>(ChannelChange.LATER);
            }
            return switch (change(wanted)) {
                case Reply.Ok<ChannelChange> when -> when;
                case Reply.Refused<ChannelChange> refused -> {
                    choice.refuse(wanted, before);
                    yield refused;
                }
                case Reply.Unreachable<ChannelChange> _ -> new Reply.Ok<>(ChannelChange.LATER);
            };
        }
    }

    /**
     * Where a later connection continues: after the latest stored entry that the sink has taken.
     */
    public Optional<Cursor> cursor() {
        return Optional.ofNullable(intake.cursor());
    }

    /** How many entries came again and were not handed over again. */
    public long doubles() {
        return intake.doubles();
    }

    /**
     * Ends the connection and waits for its thread, unless called from the sink. The sink is not
     * called any more; one that blocks is interrupted.
     */
    @Override
    public void close() {
        lifeline.close();
    }

    private void run() {
        HttpClient http =
                settings.access()
                        .prepare(HttpClient.newBuilder())
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timing.connect())
                        .executor(task -> Thread.ofVirtual().name("tailrace-http").start(task))
                        .build();
        client = http;
        try (Watchdog watchdog = new Watchdog(timing.pacer())) {
            new Receiver(settings, choice, lifeline, intake, this::tell, http, watchdog).run();
        } catch (InterruptedException e) {
            // closed while it connected
        } finally {
            client = null;
            end(http);
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

    /**
     * Asks the gateway to change the running stream; a failure leaves it to the next connection.
     */
    private Reply<ChannelChange> change(ChannelChoice.Wanted wanted) {
        HttpClient http = client;
        if (http == null) {
            return new Reply.Ok<>(ChannelChange.LATER);
        }
        var gateway =
                new GatewayClient(settings.gateway(), settings.access(), timing.answer(), http);
        Reply<Boolean> reply =
                gateway.changeChannels(settings.sessionId(), wanted.channels(), wanted.start());
        return switch (reply) {
            // Nothing is agreed before the stream says so: one that is cut is changed once more.
            case Reply.Ok<Boolean>(Boolean changed) ->
                    new Reply.Ok<>(changed ? ChannelChange.LIVE : ChannelChange.LATER);
            case Reply.Refused<Boolean>(String reason) -> new Reply.Refused<>(reason);
            case Reply.Unreachable<Boolean>(String reason) -> new Reply.Unreachable<>(reason);
        };
    }

    private void tell(StreamItem item) {
        switch (item) {
            case StreamItem.Changed(var state) ->
                    streaming = state instanceof ConnectionState.Connected;
            case StreamItem.Told(Event.SessionInit init, _) when choice.differs(init.channels()) ->
                    Thread.ofVirtual().name("tailrace-channels").start(this::catchUp);
            case StreamItem.Told(Event.ChannelsChanged changed, _) ->
                    choice.carried(changed.channels());
            case StreamItem.Told _,
                    StreamItem.Received _,
                    StreamItem.Warned _,
                    StreamItem.Unreadable _ -> {}
        }
        if (!lifeline.closed()) {
            sink.accept(item);
            String warning = untold;
            if (warning != null) {
                untold = null;
                sink.accept(new StreamItem.Warned(warning));
            }
        }
    }

    /** A change that could not be made before is made now that there is a stream. */
    private void catchUp() {
        synchronized (oneChange) {
            ChannelChoice.Wanted wanted = choice.wanted();
            switch (change(wanted)) {
                case Reply.Ok<ChannelChange>(ChannelChange when) -> {
                    if (when == ChannelChange.LATER && streaming && choice.missed(wanted)) {
                        untold = ELSEWHERE;
                    }
                }
                case Reply.Refused<ChannelChange>(String reason) -> {
                    choice.giveUp(wanted);
                    untold = reason;
                }
                // Perhaps it was heard: then the stream says so. Else the next one is asked again,
                // which begins with the former channels for that reason.
                case Reply.Unreachable<ChannelChange> _ -> {}
            }
        }
    }
}
