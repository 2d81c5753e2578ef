package io.tailrace.server.source.mongo;

import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Up to where a collection was read by a value that grows: everything up to a floor, and above it
 * the documents that are remembered one by one, because others may still appear among them.
 * Confined to the source's thread.
 */
final class Window {

    /** So many documents are remembered. */
    static final int MOST = 5_000;

    private static final String KEY = "k";
    private static final String ID = "i";
    private static final String FLOOR = "floor";
    private static final String PLACES = "places";

    private final Duration overlap;
    private final TreeSet<Place> places = new TreeSet<>();
    private @Nullable Place floor;

    /**
     * Where a document is among those of its collection.
     *
     * @param key the value that grows
     * @param id tells those apart that have the same
     */
    record Place(BsonValue key, BsonValue id) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::key, Values::compare)
                        .thenComparing(Place::id, Values::compare);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Nothing was read.
     *
     * @param overlap documents may appear so much before the newest
     */
    Window(Duration overlap) {
        this.overlap = overlap;
    }

    /** As it was encoded. */
    static Window of(byte[] encoded, Duration overlap) {
        Window window = new Window(overlap);
        BsonDocument document = Bytes.document(encoded);
        BsonValue floor = document.get(FLOOR);
        window.floor = floor == null ? null : place(floor);
        for (BsonValue each : document.getArray(PLACES)) {
            window.places.add(place(each));
        }
        return window;
    }

    byte[] encode() {
        BsonDocument document = new BsonDocument();
        if (floor != null) {
            document.put(FLOOR, bson(floor));
        }
        List<BsonDocument> remembered = places.stream().map(Window::bson).toList();
        document.put(PLACES, new BsonArray(remembered));
        return Bytes.of(document);
    }

    private static Place place(BsonValue encoded) {
        BsonDocument document = encoded.asDocument();
        BsonValue id = Objects.requireNonNull(document.get(ID));
        BsonValue key = document.get(KEY);
        return new Place(key == null ? id : key, id);
    }

    private static BsonDocument bson(Place place) {
        BsonDocument document = new BsonDocument(ID, place.id);
        if (!place.key.equals(place.id)) {
            document.put(KEY, place.key);
        }
        return document;
    }

    /** Whether nothing was ever read. */
    boolean isEmpty() {
        return floor == null && places.isEmpty();
    }

    /** The newest document; null when nothing was read. */
    @Nullable Place newest() {
        if (places.isEmpty()) {
            return floor;
        }
        Place last = places.last();
        Place below = floor;
        return below != null && below.compareTo(last) > 0 ? below : last;
    }

    /** The value from which documents are to be read; null from the beginning. */
    @Nullable BsonValue from() {
        Place newest = newest();
        if (newest == null) {
            return null;
        }
        BsonValue from = Values.earlier(newest.key, overlap);
        Place below = floor;
        boolean higher = below != null && Values.compare(below.key, from) > 0;
        return below != null && higher ? below.key : from;
    }

    /** Ids of documents that need not be read again, when ids are the values that grow. */
    List<BsonValue> ids(int most) {
        return places.size() > most ? List.of() : places.stream().map(Place::id).toList();
    }

    /** Whether a document was read. */
    boolean has(Place place) {
        return places.contains(place) || (floor != null && place.compareTo(floor) <= 0);
    }

    /** A document was read; it is remembered, but not more than {@link #MOST}. */
    void add(Place place) {
        places.add(place);
        while (places.size() > MOST) {
            raise(places.pollFirst());
        }
    }

    /** Forgets those before which nothing is read again. */
    void trim() {
        Place newest = newest();
        Instant since =
                newest == null || overlap.isZero()
                        ? null
                        : Values.time(Values.earlier(newest.key, overlap));
        if (since == null) {
            settle();
            return;
        }
        while (places.size() > 1 && before(places.first(), since)) {
            places.pollFirst();
        }
    }

    private static boolean before(Place place, Instant since) {
        Instant time = Values.time(place.key);
        return time != null && time.isBefore(since);
    }

    private void raise(@Nullable Place place) {
        if (place != null && (floor == null || place.compareTo(floor) > 0)) {
            floor = place;
        }
    }

    /** Whether this one is remembered; from now on it is not. */
    boolean forget(Place place) {
        boolean known = places.remove(place);
        if (known) {
            raise(place);
        }
        return known;
    }

    /** Nothing appears among those that were read: none of them needs to be remembered. */
    void settle() {
        raise(newest());
        places.clear();
    }

    /** All up to there was read. */
    void advance(Place place) {
        raise(place);
    }

    /** Whether documents are remembered one by one. */
    boolean remembers() {
        return !places.isEmpty();
    }
}
