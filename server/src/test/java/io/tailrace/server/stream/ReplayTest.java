package io.tailrace.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.server.broker.Batch;
import io.tailrace.server.broker.Frame;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.stream.LongStream;

class ReplayTest {

    private final CountingObserver observer = new CountingObserver();
    private final Replay replay = new Replay(10, observer, Clock.systemUTC());

    private static Batch batch(long to, long... positions) {
        List<Frame> frames =
                LongStream.of(positions)
                        .mapToObj(p -> new Frame(new Channel("logs:a:b"), p, 0, new byte[0]))
                        .toList();
        return new Batch(frames, List.of(), to, 0);
    }

    @Test
    void isCompleteWhenAllWasSentAndToldOnce() {
        replay.sent(batch(9, 6, 7, 8), false);
        assertThat(observer.replays).isEmpty();
        replay.reached(9);
        assertThat(observer.replays).isEmpty();
        replay.reached(10);
        replay.sent(batch(11, 11), false);
        replay.reached(12);
        replay.end();

        assertThat(observer.replays).containsExactly("3 complete");
    }

    @Test
    void hasAGapWhenSomethingIsNotKept() {
        replay.gap();
        replay.reached(10);

        assertThat(observer.replays).containsExactly("0 gap");
    }

    @Test
    void isCutWhenTheStreamEndsBefore() {
        replay.sent(batch(9, 6, 7, 8), false);
        replay.end();

        assertThat(observer.replays).containsExactly("3 cut");
    }

    @Test
    void ofNothingIsNotTold() {
        replay.reached(10);
        replay.end();

        assertThat(observer.replays).isEmpty();
    }
}
