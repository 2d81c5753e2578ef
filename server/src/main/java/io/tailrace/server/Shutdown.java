package io.tailrace.server;

import io.tailrace.server.http.Pause;
import io.tailrace.server.settings.OpsSettings;

import java.time.Duration;

/**
 * Closes the gateway when the process is told to stop, and ends the process when that takes too
 * long, such as on a disk that hangs: what was acknowledged is safe by then.
 */
final class Shutdown {

    // For what comes behind draining: requests that are cut, the last append, closing the log.
    private static final Duration CLOSING = Duration.ofSeconds(15);
    private static final int GAVE_UP = 3;

    private Shutdown() {}

    /**
     * On SIGTERM and the like.
     *
     * @param gateway closes it
     */
    static void closes(Runnable gateway, OpsSettings ops) {
        Duration limit = ops.drainDelay().plus(ops.drainTimeout()).plus(CLOSING);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    Thread.ofPlatform().daemon().start(() -> giveUp(limit));
                                    gateway.run();
                                },
                                "shutdown"));
    }

    @SuppressWarnings("SystemOut") // the log may be closed already
    private static void giveUp(Duration limit) {
        try {
            Pause.of(limit);
        } catch (InterruptedException e) {
            return;
        }
        System.err.println(
                "Tailrace did not stop within " + limit.toSeconds() + " s: it ends now.");
        Runtime.getRuntime().halt(GAVE_UP);
    }
}
