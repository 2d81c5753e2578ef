package io.tailrace.server.source.postgresql;

import io.tailrace.server.http.Pause;
import io.tailrace.server.settings.PostgresSourceSettings;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Waits until somebody says that there are rows, or for a while: what is said may get lost, so it
 * is only a reason to look at once. Confined to the source's thread.
 */
final class Notifications implements AutoCloseable {

    private static final long STEP = 200; // milliseconds, for the wait cannot be interrupted

    private final @Nullable PGConnection listening;
    private final Duration poll;

    Notifications(Connection connection, PostgresSourceSettings settings) throws SQLException {
        this.poll = settings.poll();
        String channel = settings.channel();
        if (channel == null) {
            listening = null;
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN \"" + channel.replace("\"", "\"\"") + '"');
        }
        listening = connection.unwrap(PGConnection.class);
    }

    /**
     * Waits.
     *
     * @param least so long in any case
     */
    void await(Duration least) throws SQLException, InterruptedException {
        PGConnection asked = listening;
        if (asked == null) {
            Pause.of(poll.compareTo(least) > 0 ? poll : least);
            return;
        }
        if (least.isPositive()) {
            Pause.of(least);
        }
        long until = System.nanoTime() + poll.toNanos();
        for (long left = poll.toMillis(); left > 0; ) {
            PGNotification[] said = asked.getNotifications((int) Math.min(STEP, left));
            if (Thread.interrupted()) {
                throw new InterruptedException("The source was stopped.");
            }
            if (said != null && said.length > 0) {
                return;
            }
            left = (until - System.nanoTime()) / 1_000_000;
        }
    }

    @Override
    public void close() {
        // the connection ends it
    }
}
