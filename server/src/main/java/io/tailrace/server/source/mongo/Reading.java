package io.tailrace.server.source.mongo;

import io.tailrace.server.settings.MongoSourceSettings;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.SourcePart;

import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads collections by a value that grows, each from where it was left. Confined to the source's
 * thread.
 */
final class Reading {

    private static final String PART = "at/";
    private static final String BEGUN = "begun"; // which collections are read
    private static final byte[] NOTHING = {};
    private static final int MOST_PARTS = 1_000; // that are shown
    private static final Scan.Taker NOWHERE =
            new Scan.Taker() {
                @Override
                public void take(RawBsonDocument document) {}

                @Override
                public void without(RawBsonDocument document) {}
            };

    private final String by;
    private final Duration overlap;
    private final int batch;
    private final CollectionChoice collections;
    private final Documents documents;
    private final Outlet outlet;
    private final Map<String, SourcePart> parts;
    private final Map<String, Window> windows = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    /**
     * As it was left.
     *
     * @param by the path of the value that grows
     * @param overlap so much before the newest one documents may appear
     * @param parts is told up to where each collection was read
     */
    Reading(
            String by,
            Duration overlap,
            MongoSourceSettings settings,
            CollectionChoice collections,
            Documents documents,
            Outlet outlet,
            Map<String, SourcePart> parts) {
        this.by = by;
        this.overlap = overlap;
        this.batch = settings.batch();
        this.collections = collections;
        this.documents = documents;
        this.outlet = outlet;
        this.parts = parts;
    }

    /** Up to where a collection was read; {@link #changed} must be told of what is done to it. */
    Window window(String name) {
        return windows.computeIfAbsent(
                name,
                _ ->
                        outlet.position(PART + name)
                                .map(bytes -> Window.of(bytes, overlap))
                                .orElseGet(() -> new Window(overlap)));
    }

    void changed(String name) {
        changed.add(name);
    }

    /** A collection is no more. */
    void drop(String name) {
        windows.put(name, new Window(overlap));
        changed.add(name);
    }

    /** A collection has another name. */
    void rename(String from, String to) {
        windows.put(to, window(from));
        changed.add(to);
        drop(from);
    }

    /** Whether any collections were read before. */
    boolean begun() {
        return outlet.position(BEGUN).isPresent();
    }

    /** Whether they were the same ones. */
    boolean knows() {
        return outlet.position(BEGUN).filter(noted -> Arrays.equals(noted, choice())).isPresent();
    }

    private byte[] choice() {
        return ("=" + collections.expression()).getBytes(StandardCharsets.UTF_8);
    }

    /** What is to be stored for it. */
    Map<String, byte[]> beginning() {
        return Map.of(BEGUN, choice());
    }

    /** What is there of collections that were never read need not be told. */
    void skipNew() throws InterruptedException {
        for (String name : collections.names()) {
            Window window = window(name);
            Scan scan = scan(name);
            Window.Place newest = window.isEmpty() ? scan.newest() : null;
            if (newest != null) {
                window.add(newest);
                scan.read(window, NOWHERE);
                window.trim();
                changed.add(name);
            }
        }
    }

    /**
     * Reads and stores what is new in all collections.
     *
     * @param trim whether documents are forgotten that cannot be met again
     */
    void read(boolean trim) throws InterruptedException {
        for (String name : collections.names()) {
            read(name, window(name), trim);
            show(name);
        }
    }

    private void read(String name, Window window, boolean trim) throws InterruptedException {
        scan(name)
                .read(
                        window,
                        new Scan.Taker() {
                            @Override
                            public void take(RawBsonDocument document) {
                                documents.take(document, name, time(document));
                                changed.add(name);
                                if (trim) {
                                    window.trim();
                                }
                                if (documents.full()) {
                                    store(Map.of());
                                }
                            }

                            @Override
                            public void without(RawBsonDocument document) {
                                documents.reject(
                                        document,
                                        name,
                                        "It has no '%s', by which documents are read."
                                                .formatted(by));
                            }
                        });
        store(Map.of());
    }

    private Scan scan(String name) {
        return new Scan(collections.collection(name), by, batch);
    }

    /** When a document was made, as far as it shows. */
    static @Nullable Instant time(RawBsonDocument document) {
        var id = document.get("_id");
        return id == null ? null : Values.time(id);
    }

    /** Stores what was gathered, with where all collections are and these further parts. */
    void store(Map<String, byte[]> more) {
        Map<String, byte[]> position = new HashMap<>(more);
        for (String name : changed) {
            Window window = window(name);
            position.put(PART + name, window.isEmpty() ? NOTHING : window.encode());
        }
        documents.store(position);
        changed.forEach(this::show);
        changed.clear();
    }

    /** Tells up to where the collections were read, also when there is nothing new in them. */
    void show() {
        collections.names().forEach(this::show);
    }

    private void show(String name) {
        Window.Place newest = window(name).newest();
        if (newest == null) {
            parts.remove(name);
        } else if (parts.size() < MOST_PARTS || parts.containsKey(name)) {
            parts.put(name, new SourcePart(name, FieldMap.said(newest.key()), null, null));
        }
    }
}
