package io.tailrace.desktop.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.StreamItem;

import javafx.stage.Stage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.testfx.framework.junit5.ApplicationTest;

import java.util.concurrent.atomic.AtomicInteger;

/** A pump with a toolkit: it rests when nothing comes. */
class FxPumpRestTest extends ApplicationTest {

    private final Inbox inbox = new Inbox(100, 1 << 20);
    private final AtomicInteger shown = new AtomicInteger();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger seconds = new AtomicInteger();
    private final FxPump pump = new FxPump(inbox, new Receiver());

    @Override
    public void start(Stage stage) {
        pump.eachSecond(seconds::incrementAndGet);
        pump.start();
    }

    @AfterEach
    void end() {
        interact(pump::stop);
    }

    @Test
    void restsWhenNothingComesAndIsWokenByWhatDoes() {
        for (int i = 1; i <= 20; i++) {
            int expected = i;
            await().until(pump::rests);
            inbox.put(Items.line(i));
            await().until(() -> shown.get() == expected);
        }
        await().until(pump::rests);
        AtomicInteger ran = new AtomicInteger();
        pump.execute(ran::incrementAndGet);
        await().until(() -> ran.get() == 1);
    }

    @Test
    void clocksGoOnWhileItRests() {
        await().until(pump::rests);
        int before = seconds.get();
        int pulses = batches.get();
        await().until(() -> seconds.get() >= before + 2);
        assertThat(batches.get() - pulses).isLessThan(20); // of 120 frames
    }

    private final class Receiver implements BatchReceiver {

        @Override
        public void begin() {
            batches.incrementAndGet();
        }

        @Override
        public void accept(StreamItem item) {
            shown.incrementAndGet();
        }

        @Override
        public void failed(StreamItem item, RuntimeException cause) {
            throw cause;
        }

        @Override
        public void end(int backlog) {}
    }
}
