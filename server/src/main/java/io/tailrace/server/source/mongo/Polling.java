package io.tailrace.server.source.mongo;

import io.tailrace.server.http.Pause;
import io.tailrace.server.source.Outlet;

import java.time.Duration;
import java.util.Map;

/** Asks again and again for documents behind those that were read. Confined to one thread. */
final class Polling {

    private static final String BEGUN = "begun";
    private static final byte[] YES = {1};

    private final Duration every;
    private final boolean fromBeginning;
    private final Reading reading;
    private final Documents documents;
    private final Outlet outlet;

    /**
     * Ready.
     *
     * @param fromBeginning whether documents are told that are there the first time
     */
    Polling(
            Duration every,
            boolean fromBeginning,
            Reading reading,
            Documents documents,
            Outlet outlet) {
        this.every = every;
        this.fromBeginning = fromBeginning;
        this.reading = reading;
        this.documents = documents;
        this.outlet = outlet;
    }

    void run() throws InterruptedException {
        if (outlet.position(BEGUN).isEmpty()) {
            if (!fromBeginning) {
                reading.skipAll();
            }
            reading.store(Map.of(BEGUN, YES));
        }
        while (true) {
            reading.read(true);
            documents.works();
            Pause.of(every);
        }
    }
}
