package io.tailrace.server.openlineage;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.tailrace.model.Event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes our events of OpenLineage events that do not come over HTTP. Whoever stores them sees to it
 * that none comes twice. Thread-safe.
 */
public final class LineageMessages {

    /** Receives what was found. */
    public interface Sink {

        /** The events that one of OpenLineage becomes, which belong together. */
        void events(List<Event.Published> events);

        /**
         * Something that is no event.
         *
         * @param reason a sentence
         */
        void rejected(String reason, byte[] body);
    }

    private final LineageIntake.Shared shared;

    LineageMessages(LineageIntake.Shared shared) {
        this.shared = shared;
    }

    /**
     * Reads one event, an array of events, or one after the other.
     *
     * @param teller who tells of them: runs of different tellers are different ones
     * @param now the time of those that say none
     */
    public void read(String teller, byte[] body, Instant now, Sink sink) {
        try (DocumentReader reader = new DocumentReader(new ByteArrayInputStream(body))) {
            for (boolean more = true; more; ) {
                more = one(reader, teller, now, sink, body);
            }
        } catch (JsonProcessingException e) {
            sink.rejected(LineageHandler.notJson(e), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // reading from memory: only a programming error
        }
    }

    private boolean one(DocumentReader reader, String teller, Instant now, Sink sink, byte[] body)
            throws IOException {
        Document document;
        try {
            document = reader.next();
        } catch (LineageException e) {
            sink.rejected(String.valueOf(e.getMessage()), body);
            return true;
        }
        if (document == null) {
            return false;
        }
        try {
            Translated translated = shared.translated(teller, LineageEvent.of(document), now);
            List<Event.Published> events = new ArrayList<>(translated.events());
            if (translated.warning() != null) {
                events.add(translated.warning().about(null)); // it is stored with what it is about
            }
            sink.events(events);
        } catch (LineageException e) {
            sink.rejected(String.valueOf(e.getMessage()), document.json());
        }
        return true;
    }
}
