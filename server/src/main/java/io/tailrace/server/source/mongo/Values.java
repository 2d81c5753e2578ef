package io.tailrace.server.source.mongo;

import org.bson.BsonDateTime;
import org.bson.BsonObjectId;
import org.bson.BsonTimestamp;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Values that grow: their order, which is MongoDB's, and the time that is in them. */
final class Values {

    private static final List<BsonType> ORDER =
            List.of(
                    BsonType.MIN_KEY,
                    BsonType.NULL,
                    BsonType.DOUBLE, // and all other numbers
                    BsonType.STRING,
                    BsonType.DOCUMENT,
                    BsonType.ARRAY,
                    BsonType.BINARY,
                    BsonType.OBJECT_ID,
                    BsonType.BOOLEAN,
                    BsonType.DATE_TIME,
                    BsonType.TIMESTAMP);

    private Values() {}

    static int compare(BsonValue a, BsonValue b) {
        int types = Integer.compare(rank(a), rank(b));
        if (types != 0) {
            return types;
        }
        return switch (a.getBsonType()) {
            case OBJECT_ID -> a.asObjectId().compareTo(b.asObjectId());
            case DATE_TIME -> a.asDateTime().compareTo(b.asDateTime());
            case TIMESTAMP -> a.asTimestamp().compareTo(b.asTimestamp());
            case STRING -> Arrays.compareUnsigned(bytes(a), bytes(b));
            case BINARY -> Arrays.compareUnsigned(a.asBinary().getData(), b.asBinary().getData());
            case INT32, INT64, DOUBLE, DECIMAL128 -> numbers(a, b);
            default -> a.equals(b) ? 0 : a.toString().compareTo(b.toString());
        };
    }

    private static int rank(BsonValue value) {
        return ORDER.indexOf(value.isNumber() ? BsonType.DOUBLE : value.getBsonType());
    }

    private static byte[] bytes(BsonValue text) {
        return text.asString().getValue().getBytes(StandardCharsets.UTF_8);
    }

    private static int numbers(BsonValue a, BsonValue b) {
        boolean whole = whole(a) && whole(b);
        return whole
                ? Long.compare(a.asNumber().longValue(), b.asNumber().longValue())
                : Double.compare(a.asNumber().doubleValue(), b.asNumber().doubleValue());
    }

    private static boolean whole(BsonValue value) {
        return value.isInt32() || value.isInt64();
    }

    /** The time that is in a value; null when it is none. */
    static @Nullable Instant time(BsonValue value) {
        return switch (value.getBsonType()) {
            case OBJECT_ID -> seconds(value.asObjectId().getValue().getTimestamp());
            case DATE_TIME -> Instant.ofEpochMilli(value.asDateTime().getValue());
            case TIMESTAMP -> seconds(value.asTimestamp().getTime());
            default -> null;
        };
    }

    /** The time of so many seconds since 1970, without a sign. */
    static Instant seconds(int seconds) {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(seconds));
    }

    /** The first value of its type that is so much earlier; the value itself when it is no time. */
    static BsonValue earlier(BsonValue value, Duration by) {
        Instant time = time(value);
        if (time == null || by.isZero()) {
            return value;
        }
        Instant from = time.minus(by);
        if (from.isBefore(Instant.EPOCH)) {
            from = Instant.EPOCH;
        }
        return switch (value.getBsonType()) {
            case OBJECT_ID -> new BsonObjectId(smallest(from));
            case DATE_TIME -> new BsonDateTime(from.toEpochMilli());
            default -> new BsonTimestamp((int) from.getEpochSecond(), 0);
        };
    }

    private static ObjectId smallest(Instant from) {
        return new ObjectId("%08x%016x".formatted((int) from.getEpochSecond(), 0));
    }
}
