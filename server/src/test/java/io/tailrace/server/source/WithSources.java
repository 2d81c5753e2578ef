package io.tailrace.server.source;

import io.tailrace.model.Event;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerObserver;
import io.tailrace.server.broker.BrokerOptions;
import io.tailrace.server.broker.FlakyLog;
import io.tailrace.server.deadletter.DeadLetters;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.StoredEntry;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SourceSettings;
import io.tailrace.server.source.message.MessageDialects;
import io.tailrace.server.source.message.TestDialects;
import io.tailrace.wire.EventParser;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** A log, and one source that stores in it. */
public abstract class WithSources {

    private static final Backoff QUICK =
            new Backoff(Duration.ofMillis(50), Duration.ofMillis(200), 100, Duration.ofSeconds(1));

    @TempDir protected Path directory;

    protected final FlakyLog log = new FlakyLog();
    protected final DeadLetters letters =
            new DeadLetters(null, TestDialects.REDACTOR, Clock.systemUTC());
    protected final Broker broker =
            new Broker(
                    log, BrokerOptions.DEFAULT, Clock.systemUTC(), BrokerObserver.NONE, List.of());
    private Sources sources = new Sources(List.of(), broker, log, letters, Clock.systemUTC());

    /** Starts the one source that the settings name. */
    protected void start(
            String settings, BiFunction<SourceSettings, MessageDialects, Source> source)
            throws IOException {
        Path file = directory.resolve("gateway.conf");
        Files.writeString(file, "sources { " + settings + " }");
        Settings loaded = Settings.load(new String[] {"--config=" + file}, Map.of());
        Source made = source.apply(loaded.sources().getFirst(), TestDialects.of(broker, log));
        sources = new Sources(List.of(made), broker, log, letters, QUICK, Clock.systemUTC());
        sources.start();
    }

    protected void stop() throws InterruptedException {
        sources.stop();
    }

    protected SourceStatus status() {
        return sources.statuses().getFirst();
    }

    /** All log lines of all channels, in the order of their positions. */
    protected List<Event.Log> lines() {
        return log
                .read(
                        log.channels().stream().map(ChannelInfo::channel).toList(),
                        0,
                        Long.MAX_VALUE,
                        10_000_000,
                        Long.MAX_VALUE)
                .stream()
                .map(WithSources::event)
                .filter(Event.Log.class::isInstance)
                .map(Event.Log.class::cast)
                .toList();
    }

    protected List<String> messages() {
        return lines().stream().map(Event.Log::message).toList();
    }

    protected static Event event(StoredEntry entry) {
        return entry.event(new EventParser());
    }

    @AfterEach
    void end() throws InterruptedException {
        sources.stop();
        broker.close();
    }
}
