package io.tailrace.server.source.mongo;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Reads the documents of a collection by a value that grows. Confined to one thread. */
final class Scan {

    private static final String ID = "_id";
    private static final int MOST_IDS = 1_000; // that are sent with a query

    private final MongoCollection<RawBsonDocument> collection;
    private final String by;
    private final List<String> path;
    private final int batch;

    /** Receives documents. */
    interface Taker {

        /** One that was not read before. */
        void take(RawBsonDocument document);

        /** One that has not the value by which it could be found again. */
        void without(RawBsonDocument document);
    }

    /**
     * Nothing is read yet.
     *
     * @param by the path of the value
     */
    Scan(MongoCollection<RawBsonDocument> collection, String by, int batch) {
        this.collection = collection;
        this.by = by;
        this.path = List.of(by.split("\\.", -1));
        this.batch = batch;
    }

    /** The newest document's place; null when there is none. */
    Window.@Nullable Place newest() {
        RawBsonDocument newest = collection.find().sort(order(false)).limit(1).first();
        return newest == null ? null : place(newest);
    }

    /** Hands over what the window does not have, and adds it there. */
    void read(Window window, Taker taker) throws InterruptedException {
        try (MongoCursor<RawBsonDocument> cursor =
                collection
                        .find(filter(window))
                        .sort(order(true))
                        .batchSize(batch)
                        .allowDiskUse(true)
                        .cursor()) {
            while (cursor.hasNext()) {
                RawBsonDocument document = cursor.next();
                Window.Place place = place(document);
                if (place == null) {
                    taker.without(document);
                } else if (!window.has(place)) {
                    window.add(place);
                    taker.take(document);
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
    }

    private Bson order(boolean ascending) {
        List<String> names = by.equals(ID) ? List.of(ID) : List.of(by, ID);
        return ascending ? Sorts.ascending(names) : Sorts.descending(names);
    }

    private Bson filter(Window window) {
        BsonValue from = window.from();
        if (from == null) {
            return new BsonDocument();
        }
        List<Bson> filters = new ArrayList<>();
        filters.add(Filters.gte(by, from));
        List<BsonValue> known = by.equals(ID) ? window.ids(MOST_IDS) : List.of();
        if (!known.isEmpty()) {
            filters.add(Filters.nin(ID, known));
        }
        return Filters.and(filters);
    }

    private Window.@Nullable Place place(RawBsonDocument document) {
        BsonValue id = document.get(ID);
        BsonValue key = by.equals(ID) ? id : FieldMap.find(document, path);
        return id == null || key == null || key.isNull() ? null : new Window.Place(key, id);
    }
}
