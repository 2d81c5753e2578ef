package io.tailrace.server.source.mongo;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Change streams as the manual of MongoDB describes them, where the test server's own ones do not
 * name collections, are never invalidated, have no token at first and never lose their history.
 * Thread-safe.
 */
final class TestOplog implements Oplog {

    private final MongoBackend backend;
    private final CursorRegistry cursors;
    private final List<Change> changes = new ArrayList<>();
    private final Map<Long, ChangeCursor> streams = new ConcurrentHashMap<>();
    private int oldest;

    private record Change(
            String type,
            String database,
            String collection,
            @Nullable Object id,
            @Nullable Document document,
            Instant time) {}

    TestOplog(MongoBackend backend, CursorRegistry cursors) {
        this.backend = backend;
        this.cursors = cursors;
    }

    private synchronized void add(
            String type, String namespace, @Nullable Object id, @Nullable Document document) {
        int dot = namespace.indexOf('.');
        String database = namespace.substring(0, dot);
        String collection = namespace.substring(dot + 1);
        changes.add(new Change(type, database, collection, id, document, Instant.now()));
        notifyAll();
    }

    @Override
    public void handleInsert(String namespace, List<Document> documents) {
        for (Document each : documents) {
            add("insert", namespace, each.get("_id"), each.cloneDeeply());
        }
    }

    @Override
    public void handleUpdate(
            String namespace, Document selector, Document update, List<Object> ids) {
        boolean fields = update.keySet().stream().anyMatch(key -> key.startsWith("$"));
        for (Object id : ids) {
            add(fields ? "update" : "replace", namespace, id, update.cloneDeeply());
        }
    }

    @Override
    public void handleDelete(String namespace, Document query, List<Object> ids) {
        ids.forEach(id -> add("delete", namespace, id, null));
    }

    @Override
    public void handleDropCollection(String namespace) {
        add("drop", namespace, null, null);
    }

    /** As if a collection got another name. */
    void rename(String database, String from, String to) {
        var target = new Document("db", database).append("coll", to);
        add("rename", database + "." + from, null, target);
    }

    /** What happened so far is no longer kept. */
    synchronized void forget() {
        oldest = changes.size();
    }

    /** How many changes there were. */
    synchronized int size() {
        return changes.size();
    }

    /** Waits until there are more changes than these, or so long. */
    synchronized void await(int known, long millis) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (long left = millis; changes.size() <= known && left > 0; ) {
            wait(left);
            left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        }
    }

    /** How many change streams were opened. */
    int opened() {
        return streams.size();
    }

    /** Where a change stream is; empty when the cursor is none. */
    @Nullable ChangeCursor stream(long id) {
        return streams.get(id);
    }

    @Override
    public synchronized Cursor createCursor(
            Document stage, String namespace, Aggregation pipeline) {
        Object after = Objects.requireNonNullElse(stage.get("startAfter"), Document.class);
        int next = after instanceof Document token ? place(token) : 2 * changes.size();
        boolean whole = "updateLookup".equals(stage.get("fullDocument"));
        var cursor = new ChangeCursor(cursors.generateCursorId(), namespace, pipeline, whole, next);
        cursor.checkKept();
        cursors.add(cursor);
        streams.put(cursor.getId(), cursor);
        return cursor;
    }

    /** What comes behind a token. */
    private static int place(Document token) {
        try {
            return Integer.parseInt(String.valueOf(token.get("_data")), 16);
        } catch (NumberFormatException e) {
            throw new MongoServerError(260, "InvalidResumeToken", "Bad resume token.");
        }
    }

    private static Document token(int place) {
        return new Document("_data", "%016x".formatted(place));
    }

    /** One change stream. Every change has two places: its own, and one to be invalid behind it. */
    final class ChangeCursor implements Cursor {

        private final long id;
        private final String namespace;
        private final Aggregation pipeline;
        private final boolean whole;
        private int next;
        private boolean ended;

        private ChangeCursor(
                long id, String namespace, Aggregation pipeline, boolean whole, int next) {
            this.id = id;
            this.namespace = namespace;
            this.pipeline = pipeline;
            this.whole = whole;
            this.next = next;
        }

        private void checkKept() {
            if (next < 2 * oldest) {
                throw new MongoServerError(
                        286,
                        "ChangeStreamHistoryLost",
                        "Resume of change stream was not possible, as the resume point may no"
                                + " longer be in the oplog.");
            }
        }

        @Override
        public long getId() {
            return id;
        }

        @Override
        public boolean isEmpty() {
            return false; // it may go on
        }

        Document resumeToken() {
            return token(next);
        }

        boolean ended() {
            return ended;
        }

        @Override
        public List<Document> takeDocuments(int count) {
            synchronized (TestOplog.this) {
                checkKept();
                List<Document> taken = new ArrayList<>();
                while (!ended && next < 2 * changes.size() && taken.size() < Math.max(1, count)) {
                    Change change = changes.get(next / 2);
                    Document shown = shown(change);
                    next++;
                    if (shown != null) {
                        taken.addAll(pipeline.runStages(Stream.of(shown)));
                    }
                }
                return taken;
            }
        }

        private @Nullable Document shown(Change change) {
            String name = change.database + "." + change.collection;
            // of a whole database a change stream is asked for as if of a collection 1
            boolean single = !namespace.endsWith(".1");
            boolean about =
                    single ? name.equals(namespace) : namespace.startsWith(change.database + ".");
            if (!about) {
                return null;
            }
            if (next % 2 == 1) {
                ended = single && (change.type.equals("drop") || change.type.equals("rename"));
                return ended ? basic("invalidate", change) : null;
            }
            Document shown = basic(change.type, change);
            shown.append("ns", namespace(change));
            if (change.type.equals("rename")) {
                shown.append("to", change.document);
            } else if (change.id != null) {
                shown.append("documentKey", new Document("_id", change.id));
                content(change, shown);
            }
            return shown;
        }

        private Document namespace(Change change) {
            return new Document("db", change.database).append("coll", change.collection);
        }

        private Document basic(String type, Change change) {
            return new Document("_id", token(next + 1))
                    .append("operationType", type)
                    .append("clusterTime", new BsonTimestamp(change.time, next + 1))
                    .append("wallTime", change.time);
        }

        private void content(Change change, Document shown) {
            switch (change.type) {
                case "insert" -> shown.append("fullDocument", change.document);
                case "replace" ->
                        shown.append("fullDocument", lookUp(change).orElse(change.document));
                case "update" -> {
                    Document update = Objects.requireNonNull(change.document);
                    Object set = Objects.requireNonNullElse(update.get("$set"), new Document());
                    var description = new Document("updatedFields", set);
                    shown.append(
                            "updateDescription", description.append("removedFields", List.of()));
                    if (whole) {
                        shown.append("fullDocument", lookUp(change).orElse(null));
                    }
                }
                default -> {}
            }
        }

        private Optional<Document> lookUp(Change change) {
            MongoCollection<?> collection =
                    backend.resolveDatabase(change.database)
                            .resolveCollection(change.collection, false);
            return collection == null
                    ? Optional.empty()
                    : collection
                            .queryAllAsStream()
                            .filter(each -> Objects.equals(each.get("_id"), change.id))
                            .findFirst();
        }
    }
}
