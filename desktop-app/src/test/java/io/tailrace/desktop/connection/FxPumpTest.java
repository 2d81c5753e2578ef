package io.tailrace.desktop.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tailrace.client.StreamItem;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

class FxPumpTest {

    private final Inbox inbox = new Inbox(100_000, 1L << 30);
    private final Receiver receiver = new Receiver();
    private long nanos;

    @Test
    void onePulseIsOneBatch() {
        fill(3);
        FxPump pump = new FxPump(inbox, receiver, () -> nanos);

        assertThat(pump.pulse()).isEqualTo(3);
        assertThat(receiver.story).containsExactly("begin", "0", "1", "2", "end 0");
    }

    @Test
    void aQuietPulseIsAnEmptyBatchSoThatModelsCanTick() {
        assertThat(new FxPump(inbox, receiver, () -> nanos).pulse()).isZero();
        assertThat(receiver.story).containsExactly("begin", "end 0");
    }

    @Test
    void stopsWhenTheTimeOfTheFrameIsSpentAndTellsTheBacklog() {
        fill(1_000);
        receiver.costNanos = 10_000; // 400 items spend the 4 ms
        FxPump pump = new FxPump(inbox, receiver, () -> nanos);

        int handed = pump.pulse();

        assertThat(handed).isBetween(400, 400 + 64);
        assertThat(receiver.story.getLast()).isEqualTo("end " + (1_000 - handed));
        assertThat(inbox.size()).isEqualTo(1_000 - handed);
    }

    @Test
    void spendsMoreOfAFrameWhileMuchWaits() {
        fill(10_000);
        receiver.costNanos = 10_000; // 1,200 items spend the 12 ms
        FxPump pump = new FxPump(inbox, receiver, () -> nanos);

        assertThat(pump.pulse()).isBetween(1_200, 1_200 + 64);
    }

    @Test
    void stopsAtTheCountEvenWhenTimeStandsStill() {
        fill(50_000);
        FxPump pump = new FxPump(inbox, receiver, () -> nanos);
        assertThat(pump.pulse()).isBetween(FxPump.MAX_ITEMS, FxPump.MAX_ITEMS + 64);
    }

    @Test
    void nothingIsLostOverManyPulses() {
        fill(30_000);
        receiver.costNanos = 3000;
        FxPump pump = new FxPump(inbox, receiver, () -> nanos);
        while (inbox.size() > 0) {
            pump.pulse();
        }
        assertThat(receiver.story.stream().filter(word -> Character.isDigit(word.charAt(0))))
                .containsExactlyElementsOf(
                        LongStream.range(0, 30_000).mapToObj(Long::toString).toList());
    }

    @Test
    void anItemThatThrowsDoesNotTakeTheOthersWithIt() {
        fill(3);
        receiver.bad = 1;
        new FxPump(inbox, receiver, () -> nanos).pulse();
        assertThat(receiver.story).containsExactly("begin", "0", "failed 1", "2", "end 0");
    }

    @Test
    void tasksRunInTheNextPulseAndOneThatAddsAnotherDoesNotHoldTheFrame() {
        FxPump pump = new FxPump(inbox, receiver, () -> nanos);
        pump.execute(() -> {
            receiver.story.add("first");
            pump.execute(() -> receiver.story.add("second"));
        });
        assertThat(receiver.story).isEmpty();

        pump.pulse();
        assertThat(receiver.story).containsExactly("first", "begin", "end 0");
        pump.pulse();
        assertThat(receiver.story).contains("second");
    }

    @Test
    void tasksAreBounded() {
        FxPump pump = new FxPump(inbox, receiver, () -> nanos);
        assertThatIllegalStateException()
                .isThrownBy(() -> LongStream.range(0, 5000).forEach(_ -> pump.execute(() -> {})))
                .withMessageContaining("restart the console");
    }

    private void fill(int count) {
        LongStream.range(0, count).forEach(i -> inbox.put(Items.line(i)));
    }

    private final class Receiver implements BatchReceiver {

        private final List<String> story = new ArrayList<>();
        private long costNanos;
        private long bad = -1;

        @Override
        public void begin() {
            story.add("begin");
        }

        @Override
        public void accept(StreamItem item) {
            nanos += costNanos;
            if (Items.number(item) == bad) {
                throw new IllegalStateException("bad item");
            }
            story.add(Long.toString(Items.number(item)));
        }

        @Override
        public void failed(StreamItem item, RuntimeException cause) {
            story.add("failed " + Items.number(item));
        }

        @Override
        public void end(int backlog) {
            story.add("end " + backlog);
        }
    }
}
