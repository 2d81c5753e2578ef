package io.tailrace.server.otlp;

import io.tailrace.model.Event;
import io.tailrace.server.ingest.Rejection;
import io.tailrace.wire.EventCodec;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Makes our events of OTLP requests, however they come. Thread-safe. */
public final class OtlpMessages {

    private static final Envelope<LogRecord> LOGS =
            new Envelope<>("Logs", "logRecords", LogRecord::read);
    private static final Envelope<Metric> METRICS =
            new Envelope<>("Metrics", "metrics", Metric::read);
    private static final Envelope<Span> SPANS = new Envelope<>("Spans", "spans", Span::read);

    /** What a request brings. */
    public enum Signal {
        /** Log records become log events. */
        LOGS,
        /** Measurements become metric events. */
        METRICS,
        /** Spans become tasks of their run, or log events. */
        TRACES
    }

    /** Receives what was found. */
    public interface Sink {

        void add(Event.Published event);

        /** The events of one record, which belong together. */
        void add(List<Event.Published> together);

        /**
         * A record that cannot become an event.
         *
         * @param sentence why
         */
        void reject(Rejection why, String sentence);

        /**
         * The same.
         *
         * @param event what it would have been: an event of ours as JSON, perhaps not a valid one
         */
        default void reject(Rejection why, String sentence, Supplier<byte[]> event) {
            reject(why, sentence);
        }

        /**
         * A record that cannot be read, in a request that can.
         *
         * @param record its bytes
         */
        default void unreadable(String sentence, Supplier<byte[]> record) {
            reject(Rejection.MALFORMED, sentence);
        }
    }

    private final PlaceRule rule;
    private final LineageRuns lineage;
    private final int maxRecord;

    /**
     * Makes events.
     *
     * @param rule where records go that do not name a run of OpenLineage
     * @param lineage knows those that do
     * @param maxRecord the largest record or span, in bytes
     */
    public OtlpMessages(PlaceRule rule, LineageRuns lineage, int maxRecord) {
        this.rule = rule;
        this.lineage = lineage;
        this.maxRecord = maxRecord;
    }

    /**
     * Reads one request.
     *
     * @param protobuf whether it is encoded so; else it is JSON
     * @param teller whose runs of OpenLineage records may name
     * @param now the time of those that say none
     * @throws io.tailrace.server.http.HttpProblem 400 or 413 when it cannot be read; some records
     *     may be taken then
     */
    public void read(
            Signal signal, boolean protobuf, byte[] body, String teller, Instant now, Sink sink) {
        var places = new Places(rule, lineage, teller);
        var budget = new Budget();
        if (protobuf) {
            read(signal, new ProtobufSource(body, budget), places, now, sink);
        } else {
            try (JsonSource source = new JsonSource(body, budget)) {
                read(signal, source, places, now, sink);
            } catch (WrongMember e) {
                throw Budget.malformed(e.sentence()); // around the records
            }
        }
    }

    private void read(Signal signal, Source in, Places places, Instant now, Sink sink) {
        switch (signal) {
            case LOGS -> readLogs(in, places, sink, now);
            case METRICS -> readMetrics(in, places, sink, now);
            case TRACES -> readSpans(in, places, sink, now);
        }
    }

    private static Consumer<WrongMember> wrong(Sink sink) {
        return e -> sink.unreadable(e.sentence(), e::record);
    }

    private void readLogs(Source in, Places places, Sink sink, Instant now) {
        LOGS.read(
                in,
                (resource, scope, log) -> {
                    Place place = places.of(resource, log.attributes);
                    Event.Published event = LogMapping.event(place, scope, log, now);
                    if (fits(log.size, sink, event)) {
                        sink.add(event);
                    }
                },
                wrong(sink));
    }

    private void readMetrics(Source in, Places places, Sink sink, Instant now) {
        Consumer<WrongMember> wrong = wrong(sink);
        METRICS.read(
                in,
                (resource, scope, metric) -> {
                    metric.wrong.forEach(wrong);
                    for (Point point : metric.points) {
                        if (!point.empty()) {
                            Place place = places.of(resource, point.attributes);
                            var event = MetricMapping.event(place, scope, metric, point, now);
                            add(event, metric, point, place, sink);
                        }
                    }
                },
                wrong);
    }

    private void add(
            Event.@Nullable Metric event, Metric metric, Point point, Place place, Sink sink) {
        if (event == null) {
            sink.reject(
                    Rejection.MALFORMED,
                    "Metric '%s' needs a name and a value that is a finite number."
                            .formatted(Texts.cut(metric.name, 100)),
                    () -> MetricMapping.broken(place, metric, point));
        } else if (fits(point.size, sink, event)) {
            sink.add(event);
        }
    }

    private void readSpans(Source in, Places places, Sink sink, Instant now) {
        SPANS.read(
                in,
                (resource, scope, span) -> {
                    Place place = places.of(resource, span.attributes);
                    var events = SpanMapping.events(place, scope, span, now);
                    if (fits(span.size, sink, events.getFirst())) {
                        sink.add(events);
                    }
                },
                wrong(sink));
    }

    private boolean fits(int size, Sink sink, Event.Published event) {
        if (size <= maxRecord) {
            return true;
        }
        sink.reject(
                Rejection.TOO_LONG,
                "A record has more than %,d bytes; shorten it or split it.".formatted(maxRecord),
                () -> EventCodec.encode(event));
        return false;
    }
}
