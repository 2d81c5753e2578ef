package io.tailrace.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayTest {

    private final CountingObserver observer = new CountingObserver();
    private final Replay replay = new Replay(10, observer);

    @Test
    void isCompleteWhenAllWasSentAndToldOnce() {
        replay.sent(3, 8);
        replay.reached(9);
        assertThat(observer.replays).isEmpty();
        replay.reached(10);
        replay.sent(1, 11);
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
        replay.sent(3, 8);
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
