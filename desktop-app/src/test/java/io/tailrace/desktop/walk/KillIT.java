package io.tailrace.desktop.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.RootConnection;
import io.tailrace.client.RootConnectionSettings;
import io.tailrace.client.StreamItem;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Promise 1, attacked: the gateway is killed (SIGKILL) several times while three publishers publish
 * and a reader reads, each coping by itself; then the recorded histories are checked.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillIT {

    private static final int KILLS = 6;
    // Clients that find no gateway wait up to 30 seconds, and a busy machine takes its time.
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final List<ChannelPattern> CHANNEL =
            List.of(ChannelPattern.parse("logs:kill:nine"));

    @TempDir Path folder;

    @Test
    void nothingAcknowledgedIsLostAndNothingComesTwiceOverSeveralKills() {
        History live = new History();
        History log = new History();
        try (GatewayProcess gateway = GatewayProcess.start(folder);
                RootConnection _ = reader(gateway, "live", null, live)) {
            List<NumberedPublisher> publishers =
                    List.of(
                            new KeyedPublisher(gateway.address(), "first"),
                            new KeyedPublisher(gateway.address(), "second"),
                            new LibraryPublisher(gateway.address(), "library"));
            List<Thread> threads =
                    publishers.stream().map(p -> Thread.ofVirtual().start(p)).toList();
            for (int kill = 0; kill < KILLS; kill++) {
                killOnceAllGotOn(gateway, publishers);
            }
            publishers.forEach(NumberedPublisher::stop);
            threads.forEach(KillIT::join);

            Cursor last = newest(gateway, log, publishers);
            await().atMost(PATIENCE).until(() -> live.reached(last));
            log.holdsExactlyOnceInOrder(publishers);
            assertThat(live.lines()).as("what the live reader got").isEqualTo(log.lines());
            assertThat(live.positionsGrow()).isTrue();
        }
    }

    private static void killOnceAllGotOn(
            GatewayProcess gateway, List<NumberedPublisher> publishers) {
        List<Long> before = publishers.stream().map(NumberedPublisher::acknowledged).toList();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() ->
                        publishers.get(0).acknowledged() > before.get(0) + 200
                                && publishers.get(1).acknowledged() > before.get(1) + 200);
        gateway.kill();
        gateway.restart();
    }

    /** Reads the whole log with a second client, from before its first entry. */
    private static Cursor newest(
            GatewayProcess gateway, History log, List<NumberedPublisher> publishers) {
        long wanted = publishers.stream().mapToLong(NumberedPublisher::acknowledged).sum();
        String epoch = gateway.epoch();
        try (RootConnection _ = reader(gateway, "audit", new Cursor(epoch, 0), log)) {
            await().atMost(PATIENCE).until(() -> log.size() >= wanted);
        }
        return log.last();
    }

    private static RootConnection reader(
            GatewayProcess gateway, String session, @Nullable Cursor after, History history) {
        RootConnection connection =
                new RootConnection(
                        RootConnectionSettings.of(gateway.address(), session, CHANNEL)
                                .withTail(100_000)
                                .withAfter(after),
                        item -> {
                            if (item instanceof StreamItem.Received(Entry entry, _)) {
                                history.add(entry);
                            }
                        });
        connection.start();
        return connection;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
