package io.tailrace.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Event;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class PlacesTest {

    private static final PlaceRule RULE =
            new PlaceRule(
                    List.of("service.namespace", "=default"), List.of("service.name", "=unknown"));
    private static final Subject TASK = new Subject("air", "dag", "dag-run", "load", 2, null);

    private final Places places =
            new Places(
                    RULE,
                    (teller, run) -> teller.equals("me") && run.equals("ol-1") ? TASK : null,
                    "me");

    private static Map<String, @Nullable Object> attributes(String... pairs) {
        Map<String, @Nullable Object> attributes = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            attributes.put(pairs[i], pairs[i + 1]);
        }
        return attributes;
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    shop,             nightly,              logs:shop:nightly
                    '',               'unknown_service:java', logs:default:unknown_service-java
                    'spark://h:7077', 'a b,c*',             logs:spark-h-7077:a-b-c
                    ':::',            '\u00e9t\u00e9',      logs:unknown:\u00e9t\u00e9
                    """)
    void namesAreMadeFitForChannels(String namespace, String name, String channel) {
        var resource = attributes("service.namespace", namespace, "service.name", name);
        assertThat(places.of(resource, Map.of()).logs()).hasToString(channel);
    }

    @Test
    void longNamesStayDifferent() {
        var one = places.of(attributes("service.name", "n".repeat(5_000) + "1"), Map.of()).logs();
        var other = places.of(attributes("service.name", "n".repeat(5_000) + "2"), Map.of()).logs();
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void aRunThatOpenLineageToldOfSaysWhereRecordsGo() {
        var resource = attributes("service.name", "worker");
        LogRecord log = new LogRecord();
        log.body = "hello";
        log.attributes.put("openlineage.run_id", "ol-1");
        Place place = places.of(resource, log.attributes);
        Event.Log event = LogMapping.event(place, Scope.NONE, log, Instant.EPOCH);

        assertThat(event.channel()).hasToString("logs:air:dag");
        assertThat(event.subject()).isEqualTo(TASK);
        assertThat(event.header().fields())
                .containsEntry("openlineage.run_id", "ol-1")
                .containsEntry("resource", Map.of("service.name", "worker"));
        Place unknown = places.of(resource, attributes("openlineage.run_id", "ol-2"));
        assertThat(unknown.logs()).hasToString("logs:default:worker");
        assertThat(unknown.subject(attributes("openlineage.run_id", "ol-2")).run())
                .isEqualTo("ol-2");
    }

    /** OpenLineage tells when its task ends; a span within it must not. */
    @Test
    void spansWithinATaskOfOpenLineageAreNotThatTask() {
        Span span = new Span();
        span.name = "step";
        span.attributes.put("openlineage.run_id", "ol-1");
        Place place = places.of(Map.of(), span.attributes);

        List<Event.Published> events = SpanMapping.events(place, Scope.NONE, span, Instant.EPOCH);

        assertThat(events).hasSize(1).first().isInstanceOf(Event.Log.class);
        assertThat(events.getFirst().subject()).isEqualTo(TASK);
    }
}
