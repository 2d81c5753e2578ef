package io.tailrace.server.openlineage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.wire.EventCodec;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What producers send, and what becomes of it, beside each other in files. */
class LineageGoldenTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"airflow", "spark", "odd", "quality"})
    void isTranslatedAsWritten(String name) throws IOException {
        WorkflowNames names = WorkflowNames.of(List.of());
        var family = new Family(names, (_, _) -> Map.of());
        var translator = new Translator(names);
        StringBuilder result = new StringBuilder();
        try (DocumentReader reader = new DocumentReader(resource(name + ".json"))) {
            for (Document document = reader.next(); document != null; document = reader.next()) {
                LineageEvent event = LineageEvent.of(document);
                String run = event.run();
                Translated translated =
                        run == null
                                ? translator.metadata(event, NOW)
                                : translator.run(event, family.place("me", event, run), NOW);
                translated.events().forEach(each -> line(result, each));
                if (translated.warning() != null) {
                    line(result, translated.warning().about(new Cursor("e", 1)));
                }
            }
        }

        assertThat(result.toString())
                .isEqualTo(
                        new String(
                                resource(name + ".ndjson").readAllBytes(), StandardCharsets.UTF_8));
    }

    /** The document would make every line long and is the same as what came. */
    private static void line(StringBuilder result, Event event) {
        String json = new String(EventCodec.encode(event), StandardCharsets.UTF_8);
        result.append(json.replaceFirst(",\"openlineage\":\\{.*\\}$", "}")).append('\n');
    }

    private static InputStream resource(String name) {
        InputStream in = LineageGoldenTest.class.getResourceAsStream(name);
        assertThat(in).as(name).isNotNull();
        return in == null ? InputStream.nullInputStream() : in;
    }
}
