package io.tailrace.server.source.mongo;

import io.tailrace.server.http.Pause;

import java.time.Duration;

/** Asks again and again for documents behind those that were read. Confined to one thread. */
final class Polling {

    private final Duration every;
    private final boolean fromBeginning;
    private final Reading reading;
    private final Documents documents;

    /**
     * Ready.
     *
     * @param fromBeginning whether documents are told that are there the first time
     */
    Polling(Duration every, boolean fromBeginning, Reading reading, Documents documents) {
        this.every = every;
        this.fromBeginning = fromBeginning;
        this.reading = reading;
        this.documents = documents;
    }

    void run() throws InterruptedException {
        if (!reading.knows()) {
            if (!fromBeginning) {
                reading.skipNew();
            }
            reading.store(reading.beginning());
        }
        while (true) {
            reading.read(true);
            documents.works();
            Pause.of(every);
        }
    }
}
