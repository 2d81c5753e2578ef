package io.tailrace.server;

import io.tailrace.server.broker.Broker;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.ingest.LivePipes;
import io.tailrace.server.listener.Connections;
import io.tailrace.server.ops.Health;
import io.tailrace.server.ops.Lags;
import io.tailrace.server.ops.PublishRate;
import io.tailrace.server.ops.SelfCheck;
import io.tailrace.server.ops.StatusHandler.Status;
import io.tailrace.server.ops.StoreSize;
import io.tailrace.server.runs.RunProjection;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.stream.SessionRegistry;
import io.tailrace.server.stream.StreamLimits;
import io.tailrace.server.stream.StreamLimits.Transport;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Looks at all parts: for gauges, and for whoever asks how the gateway is. Thread-safe. */
final class GatewayState {

    private final Settings settings;
    private final Broker broker;
    private final EventLog log;
    private final RunProjection runs;
    private final SessionRegistry sessions;
    private final StreamLimits places;
    private final LivePipes pipes;
    private final Connections connections;
    private final Health health;
    private final SelfCheck selfCheck;
    private final Lags lags;
    private final PublishRate rate;
    private final LongSupplier free;
    private final Supplier<String> access;
    private final LongSupplier used;
    private final Clock clock;
    private final Instant started;

    GatewayState(
            Settings settings,
            Broker broker,
            EventLog log,
            RunProjection runs,
            SessionRegistry sessions,
            StreamLimits places,
            LivePipes pipes,
            Connections connections,
            Health health,
            SelfCheck selfCheck,
            Lags lags,
            PublishRate rate,
            LongSupplier free,
            Supplier<String> access,
            Clock clock) {
        this.settings = settings;
        this.broker = broker;
        this.log = log;
        this.runs = runs;
        this.sessions = sessions;
        this.places = places;
        this.pipes = pipes;
        this.connections = connections;
        this.health = health;
        this.selfCheck = selfCheck;
        this.lags = lags;
        this.rate = rate;
        this.free = free;
        this.access = access;
        this.used = settings.store().memory() ? () -> 0 : new StoreSize(settings.store().data());
        this.clock = clock;
        this.started = clock.instant();
    }

    /** Has every value looked up whenever the metrics are. */
    void register(GatewayMetrics metrics) {
        metrics.gauge("tailrace.sessions.open", "Open streams", sessions::open);
        for (Transport each : Transport.values()) {
            metrics.gauge(
                    "tailrace.streams.open",
                    "Open streams and polls",
                    () -> places.open(each),
                    "transport",
                    each.word());
        }
        metrics.gauge(
                "tailrace.streams.open",
                "Open streams and polls",
                pipes::open,
                "transport",
                "publish");
        for (Lags.ChannelClass each : Lags.ChannelClass.values()) {
            lag(metrics, each);
        }
        metrics.gauge(
                "tailrace.connections.idle", "Connections without a request", connections::idle);
        metrics.gauge("tailrace.connections.open", "Open connections", connections::open);
        metrics.gauge("tailrace.connections.limit", "The most connections", connections::most);
        metrics.gauge("tailrace.broker.backlog", "Entries that wait to be stored", broker::backlog);
        metrics.gauge(
                "tailrace.position.newest",
                "The newest position of the log",
                () -> broker.newest().position());
        tail(metrics, true, "hit");
        tail(metrics, false, "miss");
        metrics.gauge("tailrace.channels", "Channels with entries", () -> log.channels().size());
        metrics.gauge("tailrace.runs", "Runs that are known", () -> runs.snapshot().runs().size());
        metrics.gauge("tailrace.store.used.bytes", "Size of the log's files", used::getAsLong);
        metrics.gauge("tailrace.store.free.bytes", "Free space on the log's disk", this::freeBytes);
        metrics.gauge("tailrace.ready", "1 when ready", () -> health.notReady().isEmpty() ? 1 : 0);
        metrics.gauge(
                "tailrace.self.check.seconds",
                "How long the latest self-check took",
                () -> selfCheck.took().toNanos() / 1e9);
    }

    private void lag(GatewayMetrics metrics, Lags.ChannelClass each) {
        metrics.gauge(
                "tailrace.lag.entries",
                "Entries that the reader furthest behind was not sent yet",
                () -> lags.worst(each).entries(),
                "channels",
                each.word());
        metrics.gauge(
                "tailrace.lag.seconds",
                "Age of the oldest entry that some reader was not sent yet",
                () -> lags.worst(each).time().toMillis() / 1_000.0,
                "channels",
                each.word());
    }

    private void tail(GatewayMetrics metrics, boolean hit, String word) {
        metrics.counter(
                "tailrace.tail.reads",
                "Reads that memory could answer, or could not and the log did",
                () -> broker.tailReads(hit),
                "result",
                word);
    }

    private long freeBytes() {
        return settings.store().memory() ? 0 : free.getAsLong();
    }

    /** How everything is now. */
    Status status() {
        Map<String, Map<String, Long>> numbers = new LinkedHashMap<>();
        numbers.put(
                "streams",
                numbers(
                        "sse", places.open(Transport.SSE),
                        "poll", places.open(Transport.POLL),
                        "publish", pipes.open(),
                        "callers", places.callers()));
        numbers.put(
                "connections",
                numbers(
                        "open", connections.open(),
                        "idle", connections.idle(),
                        "limit", connections.most()));
        numbers.put(
                "store",
                numbers(
                        "channels", log.channels().size(),
                        "runs", runs.snapshot().runs().size(),
                        "backlog", broker.backlog(),
                        "used_bytes", used.getAsLong(),
                        "free_bytes", freeBytes()));
        numbers.put(
                "limits",
                numbers(
                        "max_streams", settings.limits().streams(),
                        "max_streams_per_caller", settings.limits().streamsPerCaller(),
                        "publish_rate", settings.limits().publishRate(),
                        "publish_bytes", settings.limits().publishBytes(),
                        "question_rate", settings.limits().questionRate(),
                        "max_line", settings.ingest().maxLine(),
                        "max_body", settings.ingest().maxBody()));
        return new Status(
                Version.CURRENT,
                started,
                clock.instant(),
                broker.newest(),
                health.notReady(),
                access.get(),
                rate.perSecond(clock.millis()),
                lags.worst(),
                numbers);
    }

    /** Names and numbers in turn. */
    private static Map<String, Long> numbers(Object... namesAndNumbers) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            numbers.put((String) namesAndNumbers[i], ((Number) namesAndNumbers[i + 1]).longValue());
        }
        return numbers;
    }
}
