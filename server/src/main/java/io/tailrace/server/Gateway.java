package io.tailrace.server;

import io.helidon.webserver.WebServer;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.server.access.Access;
import io.tailrace.server.access.AccessAdmin;
import io.tailrace.server.access.AccessException;
import io.tailrace.server.access.Authenticator;
import io.tailrace.server.access.FileWatch;
import io.tailrace.server.access.SessionBook;
import io.tailrace.server.access.TlsKeys;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerOptions;
import io.tailrace.server.broker.Retainer;
import io.tailrace.server.chat.ChatService;
import io.tailrace.server.command.CommandService;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.EventLogException;
import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.eventlog.Retention;
import io.tailrace.server.eventlog.RocksDbEventLog;
import io.tailrace.server.eventlog.RocksDbOptions;
import io.tailrace.server.http.Problems;
import io.tailrace.server.http.RequestGuard;
import io.tailrace.server.ingest.IngestHandler;
import io.tailrace.server.ingest.IngestLimits;
import io.tailrace.server.ops.Health;
import io.tailrace.server.runs.RunProjection;
import io.tailrace.server.runs.RunQueries;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;
import io.tailrace.server.settings.TlsSettings;
import io.tailrace.server.stream.ChannelHandler;
import io.tailrace.server.stream.SessionOptions;
import io.tailrace.server.stream.SessionRegistry;
import io.tailrace.server.stream.StreamContext;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * The gateway, put together in the order in which an event meets its parts: taken in by ingest,
 * stored and announced by the broker, kept by the event log, folded into runs, streamed to
 * sessions.
 */
public final class Gateway implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Gateway.class.getName());
    private static final long NEEDED_BYTES = RocksDbOptions.DEFAULT.reserveBytes();
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    private final Clock clock = Clock.systemUTC();
    private final Problems problems = new Problems();
    private final GatewayMetrics metrics = new GatewayMetrics();
    private final InetAddress bind;
    private final boolean https;
    private final FileWatch files = new FileWatch();
    private final Access access;
    private final EventLog log;
    private final RunProjection runs;
    private final Broker broker;
    private final Retainer retainer;
    private final SessionRegistry sessions;
    private final ChatService chat;
    private final Health health;
    private final WebServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Gateway(Settings settings, EventLog log) {
        this.bind = settings.listen().bind();
        this.log = log;
        TlsSettings tls = settings.tls();
        TlsKeys keys = tls == null ? null : new TlsKeys(tls, files);
        https = keys != null;
        var owners = new SessionBook(notes(log), settings.store().retentionAge(), clock);
        SessionOptions options = sessionOptions(settings);
        sessions = new SessionRegistry(options, metrics, clock);
        access = new Access(settings.access(), files, owners, sessions::recheck, clock);
        refuseStrangers(settings, access);
        runs = new RunProjection(log);
        broker = new Broker(log, brokerOptions(settings), clock, metrics, List.of(runs));
        retainer = new Retainer(broker, retention(settings), settings.store().trimPeriod());

        var limits =
                IngestLimits.DEFAULT.with(settings.ingest().maxLine(), settings.ingest().maxBody());
        var ingest = new IngestHandler(broker, limits, clock, metrics);

        var streams =
                new StreamContext(
                        broker, runs::snapshotFrom, sessions, owners, options, metrics, clock);

        chat = new ChatService(log, runs::snapshot, this::publish, owners, clock);
        var commands = new CommandService(runs::snapshot, this::publish, clock);

        health = new Health(broker, log, freeBytes(settings), NEEDED_BYTES);
        metrics.gauge("tailrace.sessions.open", sessions, SessionRegistry::open);
        metrics.gauge("tailrace.broker.backlog", broker, Broker::backlog);
        metrics.gauge("tailrace.position.newest", broker, b -> b.newest().position());

        var routes =
                new Routes(
                        problems,
                        guard(settings),
                        new Authenticator(access, clock),
                        new AccessAdmin(access, clock),
                        ingest,
                        streams,
                        sessions,
                        new ChannelHandler(broker, log),
                        new RunQueries(runs),
                        chat,
                        commands,
                        health,
                        metrics::scrape);
        server = Listener.build(settings, keys, problems, routes);
    }

    /**
     * Starts the gateway.
     *
     * @throws StartException with one sentence that says why it cannot start
     */
    public static Gateway start(Settings settings) {
        checkAddress(settings);
        return start(settings, open(settings));
    }

    /** Starts on a log that the gateway closes when it stops. */
    static Gateway start(Settings settings, EventLog log) {
        Gateway gateway = create(settings, log);
        try {
            gateway.server.start();
        } catch (RuntimeException e) {
            gateway.close();
            throw cannotListen(settings, e);
        }
        if (!gateway.server.isRunning()) {
            gateway.close();
            throw cannotListen(settings, new IllegalStateException("the server did not start"));
        }
        return gateway;
    }

    private static Gateway create(Settings settings, EventLog log) {
        try {
            return new Gateway(settings, log);
        } catch (AccessException e) {
            log.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (SettingsException e) {
            log.close();
            throw e;
        }
    }

    private static void refuseStrangers(Settings settings, Access access) {
        GatewayAccess.refuseStrangers(settings, access);
    }

    private Cursor publish(Event event) {
        return switch (event) {
            case Event.Published published -> broker.publish(List.of(published));
            case Event.Control control ->
                    throw new IllegalArgumentException(control.kind() + " cannot be published.");
        };
    }

    /** The server would say it with two stack traces. */
    private static void checkAddress(Settings settings) {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(new InetSocketAddress(settings.listen().bind(), settings.listen().port()));
        } catch (IOException e) {
            throw cannotListen(settings, e);
        }
    }

    private static EventLog open(Settings settings) {
        if (settings.store().memory()) {
            return new MemoryEventLog();
        }
        var options = RocksDbOptions.DEFAULT.withSync(settings.store().sync());
        try {
            return RocksDbEventLog.open(settings.store().data(), options, Clock.systemUTC());
        } catch (EventLogException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    private static StartException cannotListen(Settings settings, Exception cause) {
        return new StartException(
                "Cannot listen on %s port %d: %s. Stop what uses it, or choose another with --port."
                        .formatted(
                                settings.listen().bind().getHostAddress(),
                                settings.listen().port(),
                                cause.getMessage()),
                cause);
    }

    private static BrokerOptions brokerOptions(Settings settings) {
        var standard = BrokerOptions.DEFAULT;
        return new BrokerOptions(
                settings.store().tailBytes(),
                standard.queueBytes(),
                standard.queueEntries(),
                standard.queueWait(),
                settings.ingest().maxChannels());
    }

    private static Retention retention(Settings settings) {
        return new Retention(
                settings.store().retentionAge(),
                settings.store().retentionBytes(),
                settings.store().retentionCount());
    }

    private static SessionOptions sessionOptions(Settings settings) {
        var standard = SessionOptions.DEFAULT;
        return new SessionOptions(
                settings.streams().heartbeat(),
                settings.streams().writeTimeout(),
                standard.retry(),
                standard.perSession(),
                settings.streams().maxChannels());
    }

    private static RequestGuard guard(Settings settings) {
        return new RequestGuard(
                settings.listen().bind().isLoopbackAddress(),
                settings.listen().hosts(),
                settings.listen().corsOrigins());
    }

    private static LongSupplier freeBytes(Settings settings) {
        return settings.store().memory()
                ? () -> Long.MAX_VALUE
                : () -> settings.store().data().toFile().getUsableSpace();
    }

    private static SessionBook.Notes notes(EventLog log) {
        return GatewayAccess.notes(log);
    }

    /**
     * What whoever started it should know about who may come in; empty when callers need tokens.
     */
    public Optional<String> warning() {
        return GatewayAccess.warning(access, bind);
    }

    /** Where it is reached from this machine. */
    public URI address() {
        String host = bind.isAnyLocalAddress() ? "localhost" : bind.getHostAddress();
        return URI.create(
                (https ? "https://" : "http://")
                        + (host.contains(":") ? "[" + host + "]" : host)
                        + ":"
                        + port());
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /**
     * Stops: is no longer ready, ends the streams with a farewell, lets requests end, stores what
     * waits, closes the log. Takes a few seconds at most; further calls do nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        step(
                "ending the streams",
                () -> {
                    health.drain();
                    sessions.drain(FAREWELL);
                });
        step("stopping the server", server::stop);
        step("ending the answers", chat::close);
        step("ending the watchdog", sessions::close);
        step("ending retention", retainer::close);
        step("storing what waits", broker::close);
        step("keeping the state of runs", runs::close);
        step("closing the log", log::close);
        step("ending the metrics", metrics::close);
        step("ending access", access::close);
        step("ending the watch over files", files::close);
    }

    /** One thing that fails to end must not keep the others from it. */
    private static void step(String what, Step step) {
        try {
            step.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOGGER.log(System.Logger.Level.ERROR, "Failed at " + what + ".", e);
        }
    }

    private interface Step {
        void run() throws InterruptedException;
    }
}
