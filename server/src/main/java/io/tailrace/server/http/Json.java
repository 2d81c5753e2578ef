package io.tailrace.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Small JSON answers as bytes. Thread-safe. */
public final class Json {

    private static final JsonFactory JSON =
            JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedBoundedPool()).build();

    private Json() {}

    /** Writes the members of an object. */
    @FunctionalInterface
    public interface Members {

        /** Writes none. */
        Members NONE = _ -> {};

        /** Writes them between the braces that are there already. */
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes the members of an object for something. */
    @FunctionalInterface
    public interface Item<T> {

        /** Writes them between the braces that are there already. */
        void write(JsonGenerator json, T item) throws IOException;
    }

    /** A member that is an array with an object for each of some items. */
    public static <T> void objects(
            JsonGenerator json, String name, Iterable<T> items, Item<? super T> members)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T item : items) {
            json.writeStartObject();
            members.write(json, item);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** One object. */
    public static byte[] object(Members members) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder();
                JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
            json.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // writing to memory: only a programming error
        }
    }
}
