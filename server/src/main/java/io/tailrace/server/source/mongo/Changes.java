package io.tailrace.server.source.mongo;

import com.mongodb.MongoNamespace;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.OperationType;
import com.mongodb.client.model.changestream.UpdateDescription;

import io.tailrace.server.settings.MongoSourceSettings.Updates;

import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What each change of a change stream means. Confined to the source's thread. */
final class Changes {

    // Clocks of the gateway and of the database may differ by so much.
    private static final Duration CLOCKS = Duration.ofMinutes(2);

    private final CollectionChoice collections;
    private final Updates updates;
    private final Documents documents;
    private final Reading reading;
    private final Consumer<String> warn;
    private Instant read; // when collections were read the last time

    /**
     * Ready.
     *
     * @param begin about when the gateway began to go on with the stream
     * @param warn told what whoever runs the gateway should know
     */
    Changes(
            CollectionChoice collections,
            Updates updates,
            Documents documents,
            Reading reading,
            Instant begin,
            Consumer<String> warn) {
        this.collections = collections;
        this.updates = updates;
        this.documents = documents;
        this.reading = reading;
        this.read = begin;
        this.warn = warn;
    }

    /** The collections were read: what was inserted meanwhile comes again by the stream. */
    void wereRead(Instant now) {
        read = now;
    }

    /**
     * Gathers what a change tells.
     *
     * @return whether the stream ends with it
     */
    boolean take(ChangeStreamDocument<RawBsonDocument> change) {
        String name = name(change);
        OperationType type = change.getOperationType();
        return switch (type == null ? OperationType.OTHER : type) {
            case INSERT -> {
                inserted(change, name);
                yield false;
            }
            case UPDATE, REPLACE -> {
                updated(change, name);
                yield false;
            }
            case DROP -> {
                warn.accept(
                        "Collection '%s' was dropped; what is inserted under its name is read."
                                .formatted(name));
                reading.drop(name);
                yield false;
            }
            case RENAME -> {
                renamed(name, change.getDestinationNamespace());
                yield false;
            }
            case DROP_DATABASE -> {
                warn.accept("The database was dropped; what is inserted under its name is read.");
                yield false;
            }
            case INVALIDATE -> true;
            case DELETE, OTHER -> false;
        };
    }

    private String name(ChangeStreamDocument<RawBsonDocument> change) {
        MongoNamespace namespace = change.getNamespace();
        if (namespace != null) {
            return namespace.getCollectionName();
        }
        return collections.single().isEmpty()
                ? collections.database().getName()
                : collections.single().getFirst();
    }

    private void inserted(ChangeStreamDocument<RawBsonDocument> change, String name) {
        RawBsonDocument document = change.getFullDocument();
        BsonValue id = document == null ? null : document.get("_id");
        if (document == null || id == null) {
            return;
        }
        Window window = reading.window(name);
        var place = new Window.Place(id, id);
        Instant at = time(change);
        if (window.remembers() && at != null && at.isAfter(read.plus(CLOCKS))) {
            window.settle();
        }
        reading.changed(name);
        if (window.forget(place)) {
            return; // it was told when the collection was read
        }
        documents.take(document, name, at);
        window.advance(place);
    }

    private void updated(ChangeStreamDocument<RawBsonDocument> change, String name) {
        BsonDocument document =
                updates == Updates.FULL && change.getFullDocument() != null
                        ? change.getFullDocument()
                        : fields(change);
        if (document != null) {
            documents.take(document, name, time(change));
        }
    }

    /** Only what changed: also of a document that is gone by now. */
    private static @Nullable BsonDocument fields(ChangeStreamDocument<RawBsonDocument> change) {
        UpdateDescription description = change.getUpdateDescription();
        BsonDocument fields =
                description == null ? change.getFullDocument() : description.getUpdatedFields();
        if (fields == null || fields.isEmpty()) {
            return null;
        }
        BsonDocument document = new BsonDocument();
        BsonDocument key = change.getDocumentKey();
        if (key != null && key.containsKey("_id")) {
            document.put("_id", key.get("_id"));
        }
        document.putAll(fields);
        return document;
    }

    private void renamed(String from, @Nullable MongoNamespace to) {
        String name = to == null ? "" : to.getCollectionName();
        boolean goesOn = collections.matches(name);
        warn.accept(
                "Collection '%s' was renamed to '%s', which is %s."
                        .formatted(from, name, goesOn ? "read too" : "not read"));
        if (goesOn) {
            reading.rename(from, name);
        } else {
            reading.drop(from);
        }
    }

    private static @Nullable Instant time(ChangeStreamDocument<RawBsonDocument> change) {
        if (change.getWallTime() != null) {
            return Instant.ofEpochMilli(change.getWallTime().getValue());
        }
        return change.getClusterTime() == null
                ? null
                : Values.seconds(change.getClusterTime().getTime());
    }
}
