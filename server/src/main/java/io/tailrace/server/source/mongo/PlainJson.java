package io.tailrace.server.source.mongo;

import org.bson.BsonBinary;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;
import org.bson.UuidRepresentation;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.json.StrictJsonWriter;
import org.bson.types.Decimal128;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Documents as JSON that does not know of MongoDB: ids, times, numbers and bytes are what other
 * programs write; what JSON has no word for stays extended JSON.
 */
final class PlainJson {

    private static final JsonWriterSettings SETTINGS =
            JsonWriterSettings.builder()
                    .outputMode(JsonMode.RELAXED)
                    .objectIdConverter((id, json) -> json.writeString(id.toHexString()))
                    .dateTimeConverter((at, json) -> json.writeString(time(at)))
                    .timestampConverter((at, json) -> json.writeString(time(at)))
                    .doubleConverter(PlainJson::number)
                    .decimal128Converter(PlainJson::number)
                    .binaryConverter((bytes, json) -> json.writeString(text(bytes)))
                    .build();

    private PlainJson() {}

    static byte[] of(BsonDocument document) {
        return document.toJson(SETTINGS).getBytes(StandardCharsets.UTF_8);
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    static String time(BsonTimestamp timestamp) {
        return Values.seconds(timestamp.getTime()).toString();
    }

    private static void number(Double number, StrictJsonWriter json) {
        if (Double.isFinite(number)) {
            json.writeNumber(number.toString());
        } else {
            json.writeString(number.toString());
        }
    }

    private static void number(Decimal128 number, StrictJsonWriter json) {
        if (number.isFinite()) {
            json.writeNumber(number.toString());
        } else {
            json.writeString(number.toString());
        }
    }

    private static String text(BsonBinary bytes) {
        boolean uuid =
                bytes.getType() == BsonBinarySubType.UUID_STANDARD.getValue()
                        && bytes.getData().length == 16;
        return uuid
                ? bytes.asUuid(UuidRepresentation.STANDARD).toString()
                : Base64.getEncoder().encodeToString(bytes.getData());
    }
}
