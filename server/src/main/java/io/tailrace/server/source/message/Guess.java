package io.tailrace.server.source.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

import io.tailrace.server.cloudevents.CloudEventMessages;
import io.tailrace.server.settings.MessageSettings.Dialect;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Tells by its headers and members what a message is written in. */
final class Guess {

    private static final JsonFactory JSON =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedBoundedPool()).build();
    private static final Set<String> TELLING =
            Set.of(
                    "specversion",
                    "id",
                    "source",
                    "type",
                    "eventTime",
                    "eventType",
                    "run",
                    "job",
                    "dataset",
                    "producer",
                    "schemaURL");
    private static final Set<String> CLOUD_EVENT = Set.of("specversion", "id", "source", "type");

    private Guess() {}

    static Dialect of(Message message) {
        if (CloudEventMessages.speaks(message.contentType(), message.headers())) {
            return Dialect.CLOUDEVENTS;
        }
        byte[] body = message.body();
        int first = 0;
        while (first < body.length && body[first] <= ' ' && body[first] > 0) {
            first++;
        }
        boolean json = first < body.length && (body[first] == '{' || body[first] == '[');
        return json ? ofJson(body) : Dialect.LINES;
    }

    private static Dialect ofJson(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            boolean list = parser.nextToken() == JsonToken.START_ARRAY;
            JsonToken object = list ? parser.nextToken() : parser.currentToken();
            if (object != JsonToken.START_OBJECT) {
                return Dialect.LINES; // such as text that begins with a bracket
            }
            Dialect found = ofMembers(parser);
            return list && found == Dialect.LINES ? Dialect.TAILRACE : found;
        } catch (IOException e) {
            return Dialect.LINES;
        }
    }

    private static Dialect ofMembers(JsonParser parser) throws IOException {
        Set<String> seen = new HashSet<>();
        boolean lineage = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (name) {
                case "resourceLogs" -> {
                    return Dialect.OTLP_LOGS;
                }
                case "resourceMetrics" -> {
                    return Dialect.OTLP_METRICS;
                }
                case "resourceSpans" -> {
                    return Dialect.OTLP_TRACES;
                }
                case "job", "dataset" -> lineage |= value == JsonToken.START_OBJECT;
                default -> {}
            }
            if (TELLING.contains(name)) {
                seen.add(name);
            }
            parser.skipChildren();
        }
        if (seen.containsAll(CLOUD_EVENT)) {
            return Dialect.CLOUDEVENTS;
        }
        boolean told =
                seen.contains("eventTime")
                        && (seen.contains("producer") || seen.contains("schemaURL"));
        return lineage && told ? Dialect.OPENLINEAGE : Dialect.LINES;
    }
}
