package io.tailrace.server.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Documents whose fields have other names than our events'. */
class FieldMapTest {

    private static final FieldMap FIELDS =
            new FieldMap(
                    Map.of(
                            "time", "at",
                            "message", "text",
                            "level", "severity",
                            "run", "job.id",
                            "task", "stage",
                            "status", "state",
                            "error", "cause",
                            "progress", "percent"));

    private static String event(FieldMap fields, String document) {
        BsonDocument event = fields.event(RawBsonDocument.parse(document));
        return new String(PlainJson.of(event), StandardCharsets.UTF_8);
    }

    @Test
    void fieldsGetOurNamesAndOthersStay() {
        String json =
                event(
                        FIELDS,
                        """
                        {_id: {$oid: "65a000000000000000000001"}, at: {$date: "2026-11-21T10:00:00Z"},
                         text: "slow", severity: "WARN", job: {id: 7, host: "h"}, shard: 3}
                        """);
        assertThat(json)
                .contains("\"timestamp\": \"2026-11-21T10:00:00Z\"")
                .contains("\"message\": \"slow\"", "\"level\": \"WARN\"", "\"run\": \"7\"")
                .contains("\"_id\": \"65a000000000000000000001\"", "\"shard\": 3")
                .contains("\"host\": \"h\"", "\"kind\": \"log\"")
                .doesNotContain("severity", "\"at\"", "\"text\"");
    }

    @Test
    void aDocumentWithoutAMessageIsItsOwnMessage() {
        assertThat(event(FIELDS, "{_id: 1, shard: 3}"))
                .contains("\"message\": \"{\\\"_id\\\": 1, \\\"shard\\\": 3}\"");
    }

    @Test
    void aNameAndAValueAreAMetric() {
        var fields = new FieldMap(Map.of("name", "what", "value", "n"));
        assertThat(event(fields, "{what: \"rows\", n: {$numberDecimal: \"1.5\"}}"))
                .contains("\"kind\": \"metric\"", "\"name\": \"rows\"", "\"value\": 1.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {state: "in progress", job: {id: 7}}              | "kind": "workflow_started"
                    {state: "RUNNING", job: {id: 7}, percent: 4}      | "kind": "workflow_progress"
                    {state: "Done", job: {id: 7}}                     | "kind": "workflow_complete"
                    {state: "canceled", job: {id: 7}}                 | "state": "cancelled"
                    {state: "paused", job: {id: 7}}                   | "kind": "status"
                    {state: "active", job: {id: 7}, stage: "load"}    | "kind": "progress"
                    {state: "success", job: {id: 7}, stage: "load"}   | "kind": "complete"
                    {state: "error", job: {id: 7}, stage: "load", cause: "x"} | "error": "x"
                    {state: "error", job: {id: 7}, stage: "load", text: "y"}  | "error": "y"
                    {state: "retry", job: {id: 7}, stage: "load"}     | "will_retry": true
                    {state: "queued", job: {id: 7}, stage: "load"}    | "state": "waiting"
                    {state: "odd", job: {id: 7}}                      | "state": "odd"
                    """)
    void aStatusIsToldByTheKindThatSaysIt(String document, String expected) {
        assertThat(event(FIELDS, document)).contains(expected);
    }

    @Test
    void valuesThatJsonDoesNotKnowAreWrittenAsOthersDo() {
        String json =
                new String(
                        PlainJson.of(
                                BsonDocument.parse(
                                        """
                                        {a: {$binary: {base64: "AQID", subType: "00"}},
                                         b: {$uuid: "0194a5a8-0000-7000-8000-000000000001"},
                                         c: {$numberDouble: "NaN"}, d: {$numberLong: "9007199254740993"},
                                         e: {$timestamp: {t: 1, i: 2}}, f: {$numberDecimal: "Infinity"},
                                         g: {$numberDecimal: "1E+40"}, h: {$date: {$numberLong: "253402300800000"}}}
                                        """)),
                        StandardCharsets.UTF_8);
        assertThat(json)
                .contains("\"a\": \"AQID\"", "\"b\": \"0194a5a8-0000-7000-8000-000000000001\"")
                .contains("\"c\": \"NaN\"", "\"d\": 9007199254740993")
                .contains("\"e\": \"1970-01-01T00:00:01Z\"", "\"f\": \"Infinity\"")
                .contains("\"g\": 1E+40", "\"h\": \"+10000-01-01T00:00:00Z\"");
    }
}
