package io.tailrace.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.server.LoggedLines;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.BrokerObserver;
import io.tailrace.server.broker.BrokerOptions;
import io.tailrace.server.broker.FlakyLog;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.Retention;
import io.tailrace.server.stream.SessionObserver;
import io.tailrace.server.stream.SessionOptions;
import io.tailrace.server.stream.SessionRegistry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

class SelfCheckTest {

    private static final Event.Published LINE =
            new Event.Log(
                    Header.of(Channel.logs("a", "b"), Instant.EPOCH, Subject.NONE),
                    Level.INFO,
                    "lost",
                    null,
                    null);

    private final FlakyLog log = new FlakyLog();
    private final Broker broker =
            new Broker(
                    log, BrokerOptions.DEFAULT, Clock.systemUTC(), BrokerObserver.NONE, List.of());
    private final SessionRegistry sessions =
            new SessionRegistry(SessionOptions.DEFAULT, SessionObserver.NONE, Clock.systemUTC());
    private final AtomicReference<Optional<String>> listener =
            new AtomicReference<>(Optional.empty());
    private final SelfCheck check =
            new SelfCheck(
                    broker,
                    sessions.liveCheck(broker),
                    listener::get,
                    Clock.systemUTC(),
                    Duration.ZERO,
                    Duration.ofMillis(300));
    private final Health health = new Health(broker, check, Optional::empty, () -> 1_000, 100);

    @AfterEach
    void close() {
        log.gate.countDown();
        check.close();
        sessions.close();
        broker.close();
    }

    @Test
    void saysOnceWhenReadinessTurnsRedAndOnceWhenItTurnsGreen() {
        try (var lines = new LoggedLines(Health.class.getName())) {
            check.then(health::look);
            check.check();
            listener.set(Optional.of("Nobody answers."));
            check.check();
            check.check();
            assertThat(health.look()).hasSize(1);
            listener.set(Optional.empty());
            check.check();
            check.check();
            assertThat(lines.all()).hasSize(2);
            assertThat(lines.all().getFirst()).contains("is not ready", "Nobody answers.");
            assertThat(lines.all().getLast()).isEqualTo("The gateway is ready again.");
        }
    }

    @Test
    void damageKeepsItRed() {
        var damaged = new Health(broker, check, () -> Optional.of("Torn."), () -> 1_000, 100);
        check.check();
        assertThat(damaged.notReady()).containsExactly("Torn.");
        assertThat(damaged.notReady()).containsExactly("Torn.");
    }

    @Test
    void findsNothingWrongWhenItsEventComesBack() {
        check.check();

        assertThat(check.failure()).isEmpty();
        assertThat(check.took()).isPositive();
        assertThat(health.notReady()).isEmpty();
    }

    @Test
    void saysSinceWhenEventsAreNotStoredAndRecovers() {
        log.full = true;
        check.check();
        Instant since = check.failure().orElseThrow().since();
        check.check();

        assertThat(check.failure().orElseThrow().since()).isEqualTo(since);
        assertThat(health.notReady())
                .containsExactly("Events cannot be stored: The disk is full: make room.");

        log.full = false;
        await().until(() -> health.notReady().isEmpty());
    }

    /** Damage may strike publishers only: a state that looks well does not make it well. */
    @Test
    void isNotReadyUntilAWriteWorksThoughNothingElseFails() {
        check.check();
        log.full = true;
        assertThatThrownBy(() -> broker.publish(List.of(LINE)))
                .hasMessageContaining("Nothing was stored");

        assertThat(health.notReady()).hasSize(1);
        assertThat(health.notReady()).hasSize(1);
    }

    @Test
    void noticesAWriterThatHangsAndRecovers() {
        log.gate = new CountDownLatch(1);
        check.check();
        check.check();

        assertThat(check.failure().orElseThrow().what())
                .contains("was not stored and received within");
        log.gate.countDown();
        await().until(() -> health.notReady().isEmpty());
    }

    /** As when every pump had died: nothing that is written through them gets anywhere. */
    @Test
    void noticesThatNothingComesThroughThePumps() {
        sessions.close();
        check.check();

        assertThat(check.failure().orElseThrow().what()).contains("did not come through a pump");
    }

    @Test
    void noticesAListenerThatIsDead() {
        listener.set(Optional.of("Its own listener on port 1 does not answer."));
        check.check();

        assertThat(health.notReady())
                .singleElement()
                .asString()
                .matches("The self-check fails since \\S+Z: Its own listener .* not answer\\.");

        listener.set(Optional.empty());
        await().until(() -> health.notReady().isEmpty());
    }

    @Test
    void leavesOnlyItsNewestEventBehind() {
        for (int i = 0; i < 3; i++) {
            check.check();
        }
        log.trim(
                new Retention(Duration.ofDays(1), 1 << 20, 1_000, Set.of(SelfCheck.CHANNEL)),
                Instant.now());

        assertThat(log.channel(SelfCheck.CHANNEL).map(ChannelInfo::count)).contains(1L);
    }
}
