package io.tailrace.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Cursor;
import io.tailrace.server.ops.Lags.ChannelClass;
import io.tailrace.server.ops.Lags.Lag;
import io.tailrace.server.stream.SessionInfo;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

class LagsTest {

    private final Timeline timeline = new Timeline();
    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(100_000), ZoneOffset.UTC);

    private static SessionInfo session(long lag, String... channels) {
        return new SessionInfo("s", List.of(channels), Instant.EPOCH, new Cursor("e", 1), lag, 0);
    }

    @Test
    void isTheWorstOfEachClassOfChannelsThatSomebodyReads() {
        timeline.stored(1, 40_000);
        timeline.stored(500, 90_000);
        timeline.stored(900, 99_000);
        var lags =
                new Lags(
                        () ->
                                List.of(
                                        session(0, "logs:a:b"),
                                        session(101, "logs:*", "r*:a:b"),
                                        session(401, "metrics:a"),
                                        session(1_000, "session:x")),
                        () -> 1_000,
                        timeline,
                        clock);

        assertThat(lags.worst(ChannelClass.LOGS)).isEqualTo(new Lag(101, Duration.ofSeconds(1)));
        assertThat(lags.worst(ChannelClass.RUNS)).isEqualTo(new Lag(101, Duration.ofSeconds(1)));
        assertThat(lags.worst(ChannelClass.METRICS))
                .isEqualTo(new Lag(401, Duration.ofSeconds(10)));
        assertThat(lags.worst(ChannelClass.SESSION))
                .isEqualTo(new Lag(1_000, Duration.ofMinutes(1)));
        assertThat(lags.worst(ChannelClass.ALERTS)).isEqualTo(Lag.NONE);
    }

    @Test
    void countsWhatIsOlderThanItRemembersAsItsBeginning() {
        for (int second = 0; second < 4_000; second++) {
            timeline.stored(second + 1, second * 1_000L);
        }

        assertThat(timeline.age(4_000, 4_000_000)).isEqualTo(Duration.ofSeconds(1));
        assertThat(timeline.age(1, 4_000_000)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void countsTheEventsOfTheLastTenWholeSeconds() {
        var rate = new PublishRate();
        for (int second = 0; second < 20; second++) {
            rate.stored(10, second * 1_000L);
        }

        assertThat(rate.perSecond(20_000)).isEqualTo(10);
        assertThat(rate.perSecond(25_000)).isEqualTo(5);
        assertThat(rate.perSecond(60_000)).isZero();
    }
}
