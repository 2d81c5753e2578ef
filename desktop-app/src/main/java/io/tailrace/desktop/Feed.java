package io.tailrace.desktop;

import io.tailrace.client.GatewayClient;
import io.tailrace.client.Reply;
import io.tailrace.client.RootConnectionSettings;
import io.tailrace.desktop.alerts.AlertsModel;
import io.tailrace.desktop.chat.ChatAsk;
import io.tailrace.desktop.chat.ChatModel;
import io.tailrace.desktop.connection.Connection;
import io.tailrace.desktop.connection.ConnectionModel;
import io.tailrace.desktop.connection.FxPump;
import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.metrics.MetricsModel;
import io.tailrace.desktop.state.EventCache;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Entry;
import io.tailrace.model.RunKey;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Everything between the wire and the panes, in the order in which an event meets it: connection,
 * inbox, pump, router, models. Needs no toolkit: tests pump by hand. FX thread only.
 */
final class Feed implements AutoCloseable {

    private static final int TAIL = 1000; // the newest entries of each channel, to begin with
    private static final int MOST = 50_000; // entries of a channel to catch up with at once

    private final String session;
    private final GatewayClient client;
    private final Connection connection;
    private final ConnectionModel status;
    private final EventRouter.Models models;
    private final Facts facts = new Facts();
    private final EventRouter router;
    private final FxPump pump;

    /**
     * Prepares; {@link #start} connects.
     *
     * @param wanted the gateway, the session, what to receive, and who we are
     * @param clock this machine's clock
     * @param times the viewer's zone
     * @param failures told, in a sentence and its cause, of what could not be shown
     * @param warnings told what people should know about the connection
     */
    Feed(
            RootConnectionSettings wanted,
            InstantSource clock,
            Times times,
            BiConsumer<String, Throwable> failures,
            Consumer<String> warnings) {
        this(wanted, live(wanted, Optional::empty), clock, times, failures, warnings);
    }

    /**
     * Prepares what comes over another connection.
     *
     * @param connection such as {@link #live}
     */
    Feed(
            RootConnectionSettings wanted,
            Connection connection,
            InstantSource clock,
            Times times,
            BiConsumer<String, Throwable> failures,
            Consumer<String> warnings) {
        this(wanted, connection, clock, times, failures, warnings, new LogsModel());
    }

    /**
     * Prepares with the lines of an earlier console.
     *
     * @param logs closed with the feed
     */
    Feed(
            RootConnectionSettings wanted,
            Connection connection,
            InstantSource clock,
            Times times,
            BiConsumer<String, Throwable> failures,
            Consumer<String> warnings,
            LogsModel logs) {
        session = wanted.sessionId();
        client = new GatewayClient(wanted.gateway(), wanted.access());
        this.connection = connection;
        status = new ConnectionModel(wanted.gateway(), clock);
        if (!connection.hasGateway()) {
            status.saved();
        }
        models =
                new EventRouter.Models(
                        logs,
                        new RunsModel(clock, times),
                        new MetricsModel(clock),
                        new AlertsModel(clock),
                        new ChatModel(
                                this::ask, this::later, clock, () -> UUID.randomUUID().toString()));
        router = new EventRouter(status, models, facts, failures, warnings);
        pump = new FxPump(connection.inbox(), router);
        pump.restoresWhile(status::restoring);
        if (connection.hasGateway()) {
            models.logs().history().from(new GatewayArchive(client), pump);
        } // what was saved is all there is: the gateway may be another one by now
        models.metrics().run().bind(models.runs().chosen());
        status.standing().map(Standing::receives).subscribe(models.runs()::hears);
        models.chat().focus().bind(models.runs().selected());
        models.chat().connected().bind(status.standing().map(Standing::receives));
    }

    /** A connection to a gateway, behind what was kept of it. */
    static Connection live(RootConnectionSettings wanted, Supplier<Optional<EventCache>> cache) {
        int most = wanted.most() == 0 ? MOST : wanted.most();
        return Connection.live(wanted.withTail(TAIL).withMost(most).withSnapshot(), cache);
    }

    /** Begins to connect. */
    void start() {
        connection.start();
    }

    /** Tries to connect at once. */
    void reconnectNow() {
        connection.reconnectNow();
    }

    ConnectionModel status() {
        return status;
    }

    EventRouter.Models models() {
        return models;
    }

    Facts facts() {
        return facts;
    }

    FxPump pump() {
        return pump;
    }

    Connection connection() {
        return connection;
    }

    GatewayClient client() {
        return client;
    }

    /** Takes older entries that were fetched later. */
    void backFilled(List<Entry> entries) {
        router.backFilled(entries);
    }

    /** Brings a command to the gateway; on a virtual thread. */
    String send(RunKey run, CommandVerb verb) {
        return granted(client.command(run, verb));
    }

    /** Ends the connection and gives the memory back. */
    @Override
    public void close() {
        connection.close();
        models.logs().leave();
        client.close();
    }

    private void ask(ChatAsk ask) {
        String _ =
                granted(
                        client.askQuestion(
                                session,
                                ask.conversation(),
                                ask.question(),
                                ask.message(),
                                ask.run()));
    }

    private void later(Runnable task) {
        pump.execute(task);
    }

    private static String granted(Reply<String> reply) {
        return switch (reply) {
            case Reply.Ok<String>(String value) -> value;
            case Reply.Refused<String>(String reason) -> throw new GatewayRefusal(reason);
            case Reply.Unreachable<String>(String reason) -> throw new GatewayRefusal(reason);
        };
    }

    /** The gateway did not grant a request; the message is a sentence for people. */
    private static final class GatewayRefusal extends RuntimeException {

        GatewayRefusal(String reason) {
            super(reason);
        }
    }
}
