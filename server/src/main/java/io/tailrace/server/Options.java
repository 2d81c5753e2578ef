package io.tailrace.server;

import io.tailrace.server.access.Caller;
import io.tailrace.server.broker.BrokerOptions;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.eventlog.Retention;
import io.tailrace.server.http.RequestGuard;
import io.tailrace.server.ingest.IngestLimits;
import io.tailrace.server.ops.RateLimits;
import io.tailrace.server.ops.SelfCheck;
import io.tailrace.server.redaction.Redactor;
import io.tailrace.server.settings.FileSourceSettings;
import io.tailrace.server.settings.KafkaSourceSettings;
import io.tailrace.server.settings.LimitSettings;
import io.tailrace.server.settings.MongoSourceSettings;
import io.tailrace.server.settings.PostgresSourceSettings;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.source.Source;
import io.tailrace.server.source.Sources;
import io.tailrace.server.source.file.FileSource;
import io.tailrace.server.source.kafka.KafkaSource;
import io.tailrace.server.source.message.MessageDialects;
import io.tailrace.server.source.mongo.MongoSource;
import io.tailrace.server.source.postgresql.PostgresSource;
import io.tailrace.server.stream.SessionOptions;
import io.tailrace.server.stream.StreamLimits;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What the settings mean to each part. */
final class Options {

    private Options() {}

    static IngestLimits ingestLimits(Settings settings) {
        return IngestLimits.DEFAULT.with(settings.ingest().maxLine(), settings.ingest().maxBody());
    }

    static RateLimits rates(Settings settings, Consumer<String> hit) {
        LimitSettings limits = settings.limits();
        return new RateLimits(
                limits.publishRate(), limits.publishBytes(), limits.questionRate(), hit);
    }

    /** Streams leave some connections to publishers and operators. */
    static StreamLimits streamLimits(
            Settings settings,
            int connections,
            Consumer<Predicate<Caller>> probe,
            Consumer<String> hit) {
        int room = Math.max(1, connections / 10 * 9);
        return new StreamLimits(
                Math.min(settings.limits().streams(), room),
                settings.limits().streamsPerCaller(),
                probe,
                hit);
    }

    static BrokerOptions brokerOptions(Settings settings) {
        var standard = BrokerOptions.DEFAULT;
        return new BrokerOptions(
                settings.store().tailBytes(),
                standard.queueBytes(),
                standard.queueEntries(),
                standard.queueWait(),
                settings.ingest().maxChannels());
    }

    static Sources sources(
            Settings settings, Dialects dialects, Dialects.Shared shared, EventLog log) {
        int maxLine = settings.ingest().maxLine();
        Redactor redactor = shared.redactor();
        Clock clock = shared.clock();
        MessageDialects messages = dialects.messages(settings.ingest(), shared);
        List<Source> sources =
                settings.sources().stream()
                        .<Source>map(source ->
                                switch (source) {
                                    case FileSourceSettings files ->
                                            new FileSource(files, maxLine, clock, redactor);
                                    case KafkaSourceSettings kafka ->
                                            new KafkaSource(kafka, messages);
                                    case PostgresSourceSettings table ->
                                            new PostgresSource(table, messages);
                                    case MongoSourceSettings mongo ->
                                            new MongoSource(mongo, messages, clock);
                                })
                        .toList();
        return new Sources(sources, shared.broker(), log, shared.letters(), clock);
    }

    static Retention retention(Settings settings) {
        return new Retention(
                settings.store().retentionAge(),
                settings.store().retentionBytes(),
                settings.store().retentionCount(),
                Set.of(SelfCheck.CHANNEL));
    }

    static SessionOptions sessionOptions(Settings settings) {
        var standard = SessionOptions.DEFAULT;
        return new SessionOptions(
                settings.streams().heartbeat(),
                settings.streams().writeTimeout(),
                standard.retry(),
                standard.perSession(),
                settings.streams().maxChannels());
    }

    static RequestGuard guard(Settings settings) {
        return new RequestGuard(
                settings.listen().bind().isLoopbackAddress(),
                settings.listen().hosts(),
                settings.listen().corsOrigins());
    }

    static LongSupplier freeBytes(Settings settings) {
        return settings.store().memory()
                ? () -> Long.MAX_VALUE
                : () -> settings.store().data().toFile().getUsableSpace();
    }
}
