package io.tailrace.server;

import io.tailrace.server.http.Pause;
import io.tailrace.server.ingest.LivePipes;
import io.tailrace.server.ops.Drain;
import io.tailrace.server.ops.Health;
import io.tailrace.server.settings.OpsSettings;
import io.tailrace.server.stream.SessionRegistry;
import io.tailrace.server.stream.StreamLimits;

import java.time.Duration;

/** The first part of stopping: whoever is connected is told, and has some time to end. */
record Draining(
        Health health,
        Drain requests,
        LivePipes pipes,
        StreamLimits places,
        SessionRegistry sessions,
        OpsSettings ops) {

    private static final System.Logger LOGGER = System.getLogger(Draining.class.getName());

    /** Balancers look away first; then everybody is told, and has so long to end. */
    void run(boolean listening) throws InterruptedException {
        health.drain();
        if (listening) {
            Pause.of(ops.drainDelay());
        }
        long begin = System.nanoTime();
        requests.begin();
        pipes.drain();
        places.drain();
        if (!sessions.drain(ops.drainTimeout())) {
            LOGGER.log(
                    System.Logger.Level.WARNING, "Some streams did not end in time: they are cut.");
        }
        Duration left = ops.drainTimeout().minusNanos(System.nanoTime() - begin);
        if (!requests.await(left)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0} requests did not end in time: they are cut.",
                    requests.underWay());
        }
    }
}
