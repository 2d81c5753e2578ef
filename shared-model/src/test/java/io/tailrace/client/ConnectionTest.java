package io.tailrace.client;

import static org.awaitility.Awaitility.await;

import io.tailrace.model.ChannelPattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A scripted gateway, a recorder, and time that stands still until a test moves it. */
abstract class ConnectionTest {

    final ManualPacer pacer = new ManualPacer();
    final Recorder seen = new Recorder();
    ScriptedServer server;
    private final List<AutoCloseable> toClose = new ArrayList<>();

    ConnectionTest() throws IOException {
        server = new ScriptedServer();
    }

    @BeforeEach
    void nothingWasAskedYet() {
        toClose.add(server);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : toClose.reversed()) {
            closeable.close();
        }
    }

    final RootConnection connect() {
        return connect(settings -> settings);
    }

    final RootConnection connect(UnaryOperator<RootConnectionSettings> change) {
        RootConnection connection = prepare(change);
        connection.start();
        return connection;
    }

    final RootConnection prepare(UnaryOperator<RootConnectionSettings> change) {
        RootConnection connection = new RootConnection(change.apply(settings()), seen);
        toClose.add(connection);
        return connection;
    }

    final RootConnectionSettings settings() {
        return RootConnectionSettings.of(
                        server.uri(), "s1", List.of(ChannelPattern.parse("logs:acme:*")))
                .withTiming(
                        new Timing(
                                Backoff.standard(),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(75),
                                pacer,
                                new WithoutJitter()));
    }

    /** Lets exactly that time pass as soon as the connection waits for it. */
    final void pass(Duration time) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> pacer.pausing(time));
        pacer.advance(time);
    }

    private static final class WithoutJitter extends Random {
        private static final long serialVersionUID = 1;

        @Override
        public int nextInt(int bound) {
            return bound - 1;
        }
    }
}
