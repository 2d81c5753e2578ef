package io.tailrace.server;

import io.helidon.webserver.WebServer;
import io.tailrace.model.Channel;
import io.tailrace.server.access.Access;
import io.tailrace.server.access.AccessAdmin;
import io.tailrace.server.access.AccessException;
import io.tailrace.server.access.Authenticator;
import io.tailrace.server.access.FileWatch;
import io.tailrace.server.access.SessionBook;
import io.tailrace.server.access.TlsKeys;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Retainer;
import io.tailrace.server.chat.ChatService;
import io.tailrace.server.command.CommandService;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.EventLogException;
import io.tailrace.server.eventlog.RocksDbOptions;
import io.tailrace.server.http.Problems;
import io.tailrace.server.ingest.LivePipes;
import io.tailrace.server.listener.Connections;
import io.tailrace.server.ops.AccessLog;
import io.tailrace.server.ops.AppendWatch;
import io.tailrace.server.ops.Drain;
import io.tailrace.server.ops.Health;
import io.tailrace.server.ops.Lags;
import io.tailrace.server.ops.ListenerProbe;
import io.tailrace.server.ops.PublishRate;
import io.tailrace.server.ops.SelfCheck;
import io.tailrace.server.ops.StatusHandler;
import io.tailrace.server.runs.RunProjection;
import io.tailrace.server.runs.RunQueries;
import io.tailrace.server.settings.OpsSettings;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;
import io.tailrace.server.settings.TlsSettings;
import io.tailrace.server.source.Sources;
import io.tailrace.server.source.SourcesHandler;
import io.tailrace.server.stream.ChannelHandler;
import io.tailrace.server.stream.SessionOptions;
import io.tailrace.server.stream.SessionRegistry;
import io.tailrace.server.stream.StreamContext;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The gateway, put together in the order in which an event meets its parts: taken in by ingest,
 * stored and announced by the broker, kept by the event log, folded into runs, streamed to
 * sessions.
 */
public final class Gateway implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(Gateway.class.getName());
    private static final long NEEDED_BYTES = RocksDbOptions.DEFAULT.reserveBytes();

    private final Clock clock = Clock.systemUTC();
    private final Tracing tracing;
    private final GatewayMetrics metrics;
    private final InetAddress bind;
    private final boolean https;
    private final FileWatch files = new FileWatch();
    private final Access access;
    private final EventLog log;
    private final RunProjection runs;
    private final Broker broker;
    private final Retainer retainer;
    private final Sources sources;
    private final SessionRegistry sessions;
    private final ChatService chat;
    private final Connections connections;
    private final SelfCheck selfCheck;
    private final Draining draining;
    private final OpsSettings ops;
    private final WebServer server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Gateway(Settings settings, EventLog log) {
        this.bind = settings.listen().bind();
        this.ops = settings.ops();
        this.log = log;
        tracing = Tracing.of(ops, clock);
        metrics = new GatewayMetrics(tracing.reached());
        AccessLog accessLog = accessLog();
        var problems = new Problems(accessLog::refused);
        TlsSettings tls = settings.tls();
        TlsKeys keys = tls == null ? null : new TlsKeys(tls, files);
        https = keys != null;
        var owners =
                new SessionBook(
                        Stores.notes(log),
                        session -> log.channel(Channel.session(session)).isPresent(),
                        settings.store().retentionAge(),
                        clock);
        SessionOptions options = Options.sessionOptions(settings);
        sessions = new SessionRegistry(options, metrics.streams, clock);
        access = new Access(settings.access(), files, owners, sessions::recheck, clock);
        GatewayAccess.refuseStrangers(settings, access);
        runs = new RunProjection(log);
        var rate = new PublishRate();
        var watch = new AppendWatch(metrics.broker, rate, clock);
        broker = new Broker(log, Options.brokerOptions(settings), clock, watch, List.of(runs));
        retainer = new Retainer(broker, Options.retention(settings), settings.store().trimPeriod());

        var redactor = Dialects.redactor(settings.ingest(), metrics.ingest::redacted);

        var rates = Options.rates(settings, metrics.connections::limitHit);
        var letters = Dialects.letters(settings.store(), redactor, metrics, clock);
        var pipes = new LivePipes(Connections::patient);
        var tracer = tracing.publishing();
        var shared =
                new Dialects.Shared(
                        broker, redactor, rates, metrics.ingest, letters, tracer, clock);
        var ingest = Dialects.ours(Options.ingestLimits(settings), pipes, shared);
        var dialects = Dialects.of(settings.ingest(), log, runs, shared, this::address);
        sources = Options.sources(settings, dialects, shared, log);
        metrics.watch(sources);

        connections = new Connections(Listener.limits(settings), metrics.connections);
        var places =
                Options.streamLimits(
                        settings,
                        connections.most(),
                        sessions::probe,
                        metrics.connections::limitHit);
        var streams =
                new StreamContext(
                        broker,
                        runs::snapshotFrom,
                        sessions,
                        places,
                        owners,
                        options,
                        metrics.streams,
                        clock);

        var own = new OwnEvents(broker, redactor);
        chat = new ChatService(log, runs::snapshot, own::publish, redactor::redact, owners, clock);
        var commands = new CommandService(runs::snapshot, own::publish, clock);

        var probe = new ListenerProbe(this::listening, https);
        var live = sessions.liveCheck(broker);
        selfCheck = new SelfCheck(broker, live, probe, clock, ops.selfCheck());
        var free = Options.freeBytes(settings);
        var health = new Health(broker, selfCheck, log::damage, free, NEEDED_BYTES);
        selfCheck.then(() -> {
            health.look();
            sessions.each(owners::inUse);
        });
        var lags = new Lags(sessions::infos, clock);
        var state =
                new GatewayState(
                        settings,
                        broker,
                        log,
                        runs,
                        sessions,
                        places,
                        pipes,
                        connections,
                        health,
                        selfCheck,
                        lags,
                        rate,
                        free,
                        () -> access.open() ? "open" : "tokens",
                        clock);
        state.register(metrics);

        var drain = new Drain();
        draining = new Draining(health, drain, pipes, places, sessions, ops);
        var operators =
                new Routes.Operators(
                        List.of(connections.filter(), accessLog, drain),
                        health,
                        new StatusHandler(state::status, sessions::infos),
                        metrics::scrape);
        var routes =
                new Routes(
                        problems,
                        Options.guard(settings),
                        new Authenticator(access, clock),
                        new AccessAdmin(access, clock),
                        ingest,
                        dialects,
                        streams,
                        new ChannelHandler(broker, log),
                        new RunQueries(runs),
                        chat,
                        commands,
                        rates,
                        new SourcesHandler(sources::statuses),
                        operators);
        server = Listener.build(settings, keys, problems, connections, routes);
    }

    private AccessLog accessLog() {
        boolean all = ops.accessLog() == OpsSettings.Logged.ON;
        boolean errors = ops.accessLog() == OpsSettings.Logged.ERRORS;
        return new AccessLog(all, errors, metrics.connections);
    }

    /**
     * Starts the gateway.
     *
     * @throws StartException with one sentence that says why it cannot start
     */
    public static Gateway start(Settings settings) {
        Listener.checkAddress(settings);
        return start(settings, Stores.open(settings));
    }

    /** Starts on a log that the gateway closes when it stops. */
    static Gateway start(Settings settings, EventLog log) {
        Gateway gateway = create(settings, log);
        try {
            gateway.server.start();
        } catch (RuntimeException e) {
            gateway.close();
            throw Listener.cannotListen(settings, e);
        }
        if (!gateway.server.isRunning()) {
            gateway.close();
            throw Listener.cannotListen(
                    settings, new IllegalStateException("the server did not start"));
        }
        gateway.sources.start();
        return gateway;
    }

    private static Gateway create(Settings settings, EventLog log) {
        try {
            return new Gateway(settings, log);
        } catch (AccessException | EventLogException e) {
            log.close();
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (SettingsException e) {
            log.close();
            throw e;
        }
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

    private InetSocketAddress listening() {
        InetAddress address = bind.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bind;
        return new InetSocketAddress(address, port());
    }

    /**
     * Stops: is no longer ready, takes no new requests, ends the streams with a farewell, answers
     * publishers, lets requests end, stores what waits, closes the log. Takes little longer than
     * the settings say; further calls do nothing.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        step("draining", () -> draining.run(server.isRunning()));
        step("ending the self-check", selfCheck::close);
        step("stopping the sources", sources::stop);
        step("stopping the server", server::stop);
        step("ending the watch of connections", connections::close);
        step("ending the answers", chat::close);
        step("ending the watchdog", sessions::close);
        step("ending retention", retainer::close);
        step("storing what waits", broker::close);
        step("keeping the state of runs", runs::close);
        step("closing the log", log::close);
        step("ending the metrics", metrics::close);
        step("ending access", access::close);
        step("ending the watch over files", files::close);
        step("sending the last traces", tracing::close);
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
