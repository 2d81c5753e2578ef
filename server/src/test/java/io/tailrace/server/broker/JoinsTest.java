package io.tailrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Readers that begin with the newest entries of many channels. */
class JoinsTest {

    private final FlakyLog log = new FlakyLog();
    private final Broker broker =
            new Broker(
                    log,
                    new BrokerOptions(1, 1 << 20, 10_000, Duration.ofSeconds(10), 10_000),
                    Clock.systemUTC(),
                    BrokerObserver.NONE,
                    List.of());

    @AfterEach
    void close() {
        broker.close();
        log.close();
    }

    /** Exactly those, in order, in a number of reads that does not grow with that of channels. */
    @ParameterizedTest
    @CsvSource({"3,2,1", "40,5,2", "500,3,3", "1500,1,4"})
    void getExactlyTheNewestOfEachInFewReads(int channels, int tail, long seed) throws Exception {
        var random = new Random(seed);
        List<List<Long>> published = new ArrayList<>();
        long position = 0;
        for (int i = 0; i < channels; i++) {
            published.add(new ArrayList<>());
        }
        for (int i = 0; i < 3 * channels; i++) {
            int channel = (int) (channels * random.nextDouble() * random.nextDouble());
            int count = 1 + random.nextInt(3);
            broker.publish(
                    Lines.lines(
                            "logs:a:" + channel, "x,x,x".substring(0, 2 * count - 1).split(",")));
            for (int n = 0; n < count; n++) {
                published.get(channel).add(++position);
            }
        }
        TreeSet<Long> expected = new TreeSet<>();
        for (List<Long> each : published) {
            expected.addAll(each.subList(Math.max(0, each.size() - tail), each.size()));
        }
        log.reads.set(0);
        try (var reader =
                broker.subscribe(Lines.patterns("logs:*"), new Start.Newest(tail, position))) {
            List<Long> got = new ArrayList<>();
            for (Batch batch = read(reader); !batch.isEmpty(); batch = read(reader)) {
                assertThat(batch.missing()).isEmpty();
                batch.frames().forEach(frame -> got.add(frame.position()));
            }
            assertThat(got).containsExactlyElementsOf(expected);
        }
        assertThat(log.reads.get()).isLessThan(120);
    }

    private static Batch read(Subscription reader) throws InterruptedException {
        return reader.next(1 << 20, Long.MAX_VALUE, Lines.NOW);
    }
}
