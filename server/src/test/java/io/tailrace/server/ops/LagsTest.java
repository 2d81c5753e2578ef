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

    private final Clock clock = Clock.fixed(Instant.ofEpochMilli(100_000), ZoneOffset.UTC);

    private static SessionInfo session(long lag, long seconds, String... channels) {
        return new SessionInfo(
                "s",
                "somebody",
                "sse",
                List.of(channels),
                Instant.EPOCH,
                new Cursor("e", 1),
                lag,
                Duration.ofSeconds(seconds),
                0,
                0);
    }

    @Test
    void isTheWorstOfEachClassOfChannelsThatSomebodyReads() {
        var lags =
                new Lags(
                        () ->
                                List.of(
                                        session(0, 0, "logs:a:b"),
                                        session(101, 1, "logs:*", "r*:a:b"),
                                        session(401, 10, "metrics:a"),
                                        session(1_000, 60, "session:x")),
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
