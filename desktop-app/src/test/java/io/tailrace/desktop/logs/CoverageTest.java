package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.Test;

import java.util.BitSet;
import java.util.random.RandomGenerator;

class CoverageTest {

    @Test
    void missingPositionsAreThoseOfASet() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        for (int round = 0; round < 300; round++) {
            Coverage coverage = new Coverage();
            BitSet twin = new BitSet();
            for (int i = 0; i < random.nextInt(1, 12); i++) {
                int from = random.nextInt(1, 90);
                int to = from + random.nextInt(0, 20);
                coverage.add(Lines.CHANNEL, from, to);
                twin.set(from, to + 1);
            }
            for (int below = 1; below < 120; below++) {
                int missing = twin.previousClearBit(below - 1);
                assertThat(coverage.lastMissing(Lines.CHANNEL, below))
                        .isEqualTo(missing < 1 ? -1 : missing);
            }
        }
    }

    @Test
    void whatGoesOnEndsWhereItWasSeenLast() {
        Coverage coverage = new Coverage();
        coverage.live(Lines.CHANNEL, 50);
        coverage.live(Lines.CHANNEL, 60);
        assertThat(coverage.newestBegin(Lines.CHANNEL)).isEqualTo(50);
        coverage.ended(70);
        assertThat(coverage.lastMissing(Lines.CHANNEL, 100)).isEqualTo(99);
        assertThat(coverage.lastMissing(Lines.CHANNEL, 71)).isEqualTo(49);
        coverage.live(Lines.CHANNEL, 80);
        assertThat(coverage.lastMissing(Lines.CHANNEL, 1000)).isEqualTo(79);
    }

    @Test
    void aChannelThatIsLeftEndsWithWhatCameLastOfIt() {
        Channel other = Channel.logs("acme", "users");
        Coverage coverage = new Coverage();
        coverage.live(Lines.CHANNEL, 10);
        coverage.live(Lines.CHANNEL, 30);
        coverage.live(other, 11);
        coverage.live(other, 500);
        coverage.carried(other::equals);
        assertThat(coverage.lastMissing(Lines.CHANNEL, 32)).isEqualTo(31);
        assertThat(coverage.lastMissing(Lines.CHANNEL, 31)).isEqualTo(9);
        assertThat(coverage.newestBegin(other)).isEqualTo(11);
        coverage.live(Lines.CHANNEL, 300);
        assertThat(coverage.newestBegin(Lines.CHANNEL)).isEqualTo(300);
    }

    @Test
    void nothingBehindAPlaceIsThereWhenAnOlderLogTookItsPlace() {
        Coverage coverage = new Coverage();
        coverage.add(Lines.CHANNEL, 1, 100);
        coverage.live(Lines.CHANNEL, 300);
        coverage.forgetBehind(80);
        assertThat(coverage.end(Lines.CHANNEL, 1)).isEqualTo(80);
        assertThat(coverage.lastMissing(Lines.CHANNEL, 400)).isEqualTo(399);
        coverage.live(Lines.CHANNEL, 90);
        assertThat(coverage.newestBegin(Lines.CHANNEL)).isEqualTo(90);
    }
}
