package io.tailrace.server.ingest;

import io.tailrace.server.http.HttpProblem;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The bodies whose lines are stored as they arrive. They may stay open for days; when the gateway
 * stops, what came so far is stored and their publishers are told how much that is. Thread-safe.
 */
public final class LivePipes {

    private final Supplier<Runnable> patient;
    private final Set<Live> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    /**
     * None yet.
     *
     * @param patient says that the current request's body may take as long as it likes, and gives
     *     what ends the reading of it from another thread
     */
    public LivePipes(Supplier<Runnable> patient) {
        this.patient = patient;
    }

    /** How many are open. */
    public int open() {
        return open.size();
    }

    /** No longer reads any body; further ones are refused. */
    public void drain() {
        draining = true;
        open.forEach(Live::stop);
    }

    /** Begins to read lines on a request's thread. */
    Live begin() {
        Live live = new Live(patient.get());
        open.add(live);
        if (draining) {
            open.remove(live);
            throw stopping("Nothing of this request was stored.");
        }
        return live;
    }

    static HttpProblem stopping(String stored) {
        return new HttpProblem(
                503,
                "Not available",
                "The gateway is stopping. %s Send the rest again later.".formatted(stored));
    }

    /** One body. */
    final class Live implements AutoCloseable {

        private final Runnable stopReading;
        private volatile boolean stopped;

        private Live(Runnable stopReading) {
            this.stopReading = stopReading;
        }

        private void stop() {
            stopped = true;
            stopReading.run();
        }

        /** Whether the end of the body is not its own. */
        boolean stopped() {
            return stopped;
        }

        @Override
        public void close() {
            open.remove(this);
        }
    }
}
