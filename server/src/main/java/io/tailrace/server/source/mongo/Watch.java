package io.tailrace.server.source.mongo;

import com.mongodb.MongoException;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.model.changestream.ChangeStreamDocument;

import io.tailrace.server.http.Pause;
import io.tailrace.server.source.Outlet;

import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Follows a change stream. Its token is stored with the events before it. When the server does not
 * know the token any more, a new stream is opened first, then the collections are read behind the
 * last id that was seen, and then the new stream is followed: nothing is between them. Confined to
 * the source's thread.
 */
final class Watch {

    private static final String TOKEN = "token";
    private static final String READING = "reading"; // the collections are not read to their end
    private static final String LOST =
            "The database no longer has the changes since they were read last, or does not know"
                    + " that place. Documents with a later _id are read now; other changes of that"
                    + " time are missing.";
    private static final byte[] YES = {1};
    private static final byte[] NOTHING = {};
    // A server answers at once only when it has something, or cannot wait.
    private static final Duration SHORTEST = Duration.ofMillis(20);
    private static final Duration TOKEN_EVERY = Duration.ofSeconds(10);

    private final ChangeStreams streams;
    private final Changes changes;
    private final Reading reading;
    private final Documents documents;
    private final boolean fromBeginning;
    private final Outlet outlet;
    private final Clock clock;
    private @Nullable BsonDocument stored; // the token that is noted
    private long storedAt = System.nanoTime();

    /**
     * Ready.
     *
     * @param fromBeginning whether documents are told that are there the first time
     */
    Watch(
            ChangeStreams streams,
            Changes changes,
            Reading reading,
            Documents documents,
            boolean fromBeginning,
            Outlet outlet,
            Clock clock) {
        this.streams = streams;
        this.changes = changes;
        this.reading = reading;
        this.documents = documents;
        this.fromBeginning = fromBeginning;
        this.outlet = outlet;
        this.clock = clock;
    }

    /** Goes on until it is interrupted or fails. */
    void run() throws InterruptedException, IOException {
        stored = outlet.position(TOKEN).map(Bytes::document).orElse(null);
        boolean lost = false;
        while (true) {
            try {
                follow(lost);
                lost = false;
            } catch (MongoException e) {
                boolean again = lost || stored == null || !ChangeStreams.refused(e);
                if (again) {
                    throw e;
                }
                lost = true;
            }
        }
    }

    /** Until the stream ends because what it is on was dropped or renamed. */
    private void follow(boolean lost) throws InterruptedException, IOException {
        boolean anew = lost || stored == null;
        try (var stream = streams.open(anew ? null : stored)) {
            // The stream knows where it is only then.
            var first = anew ? stream.tryNext() : null;
            if (anew || !reading.knows()) {
                begin(lost, anew, first == null ? stream.getResumeToken() : null);
            }
            documents.works();
            reading.show();
            if (outlet.position(READING).isPresent()) {
                reading.read(false);
                changes.wereRead(clock.instant());
                reading.store(Map.of(READING, NOTHING));
            }
            boolean ends = first != null && take(first, stream);
            while (!ends) {
                ends = next(stream);
            }
        }
    }

    private void begin(boolean lost, boolean anew, @Nullable BsonDocument token)
            throws InterruptedException {
        boolean begun = reading.begun();
        boolean known = reading.knows();
        if (lost) {
            documents.say(LOST);
        }
        if (!known && !fromBeginning) {
            reading.skipNew();
        }
        Map<String, byte[]> position = new HashMap<>(reading.beginning());
        if ((anew && begun) || (!known && fromBeginning)) {
            position.put(READING, YES);
        }
        if (anew) {
            position.put(TOKEN, token == null ? NOTHING : Bytes.of(token));
        }
        reading.store(position);
        if (anew) {
            noted(token);
        }
    }

    private void noted(@Nullable BsonDocument token) {
        stored = token;
        storedAt = System.nanoTime();
    }

    /** Takes the next change, or waits for one; true when there will be none. */
    private boolean next(MongoChangeStreamCursor<ChangeStreamDocument<RawBsonDocument>> stream)
            throws InterruptedException, IOException {
        long begin = System.nanoTime();
        var change = stream.tryNext();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (change != null) {
            return take(change, stream);
        }
        if (stream.getServerCursor() == null) {
            throw new IOException("The database ended the change stream.");
        }
        boolean due = System.nanoTime() - storedAt > TOKEN_EVERY.toNanos();
        if (stored == null || due) {
            store(stream.getResumeToken());
        }
        Duration left = SHORTEST.minusNanos(System.nanoTime() - begin);
        if (left.isPositive()) {
            Pause.of(left);
        }
        return false;
    }

    private boolean take(
            ChangeStreamDocument<RawBsonDocument> change,
            MongoChangeStreamCursor<ChangeStreamDocument<RawBsonDocument>> stream) {
        boolean ends = changes.take(change);
        if (ends || stream.available() == 0 || documents.full()) {
            store(stream.getResumeToken());
        }
        return ends;
    }

    /** Stores what was gathered with the token behind it. */
    private void store(@Nullable BsonDocument token) {
        if (token != null && !token.equals(stored)) {
            reading.store(Map.of(TOKEN, Bytes.of(token)));
            noted(token);
        }
    }
}
