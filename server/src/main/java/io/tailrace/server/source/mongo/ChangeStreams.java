package io.tailrace.server.source.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import com.mongodb.client.model.changestream.FullDocument;

import io.tailrace.server.settings.MongoSourceSettings.Updates;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Opens change streams on the collections that are watched. Immutable. */
final class ChangeStreams {

    private static final long WAIT_MILLIS = 1_000; // for the next change
    private static final String NEVER_RESUMED = "NonResumableChangeStreamError";
    private static final Set<Integer> REFUSED =
            Set.of(
                    136, // CappedPositionLost
                    260, // InvalidResumeToken
                    280, // ChangeStreamFatalError
                    286, // ChangeStreamHistoryLost
                    10_334, // BSONObjectTooLarge: a change that no message holds
                    40_585, 40_615, // resume token was not found
                    50_811);

    private final CollectionChoice collections;
    private final Updates updates;
    private final int batch;

    ChangeStreams(CollectionChoice collections, Updates updates, int batch) {
        this.collections = collections;
        this.updates = updates;
        this.batch = batch;
    }

    /**
     * Opens one.
     *
     * @param token behind what it goes on; null for what comes from now on
     */
    MongoChangeStreamCursor<ChangeStreamDocument<RawBsonDocument>> open(
            @Nullable BsonDocument token) {
        List<String> single = collections.single();
        ChangeStreamIterable<RawBsonDocument> stream =
                single.isEmpty()
                        ? collections.database().watch(pipeline(), RawBsonDocument.class)
                        : collections
                                .collection(single.getFirst())
                                .watch(pipeline(), RawBsonDocument.class);
        if (updates == Updates.FULL) {
            stream.fullDocument(FullDocument.UPDATE_LOOKUP);
        }
        if (token != null) {
            stream.startAfter(token);
        }
        return stream.batchSize(batch).maxAwaitTime(WAIT_MILLIS, TimeUnit.MILLISECONDS).cursor();
    }

    /** What of all changes is wanted. */
    List<Bson> pipeline() {
        List<String> types = new ArrayList<>(List.of("insert"));
        if (updates != Updates.NONE) {
            types.addAll(List.of("update", "replace"));
        }
        types.addAll(List.of("drop", "rename", "dropDatabase", "invalidate"));
        Bson wanted = Filters.in("operationType", types);
        if (!collections.single().isEmpty() || collections.all()) {
            return List.of(Aggregates.match(wanted));
        }
        String names = collections.expression();
        Bson matching =
                Filters.or(
                        Filters.regex("ns.coll", names),
                        Filters.regex("to.coll", names),
                        Filters.in("operationType", "dropDatabase", "invalidate"));
        return List.of(Aggregates.match(Filters.and(wanted, matching)));
    }

    /** Whether the server does not know any more, or never knew, where to go on. */
    static boolean refused(MongoException e) {
        String text = String.valueOf(e.getMessage());
        return REFUSED.contains(e.getCode())
                || e.hasErrorLabel(NEVER_RESUMED)
                || text.contains("resume token")
                || text.contains("resumeToken")
                || text.contains("resume point");
    }
}
