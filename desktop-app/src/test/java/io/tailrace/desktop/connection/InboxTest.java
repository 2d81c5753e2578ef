package io.tailrace.desktop.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.StreamItem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

@Timeout(180)
class InboxTest {

    @Test
    void handsOverInTheOrderOfArrival() {
        Inbox inbox = new Inbox(100, 1 << 20);
        LongStream.range(0, 10).forEach(i -> inbox.put(Items.line(i)));

        List<Long> taken = new ArrayList<>();
        assertThat(inbox.drain(4, item -> taken.add(Items.number(item)))).isEqualTo(4);
        assertThat(inbox.drain(100, item -> taken.add(Items.number(item)))).isEqualTo(6);

        assertThat(taken).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(inbox.size()).isZero();
        assertThat(inbox.bytes()).isZero();
    }

    @Test
    void aFullInboxHoldsTheReaderUntilThereIsRoom() throws InterruptedException {
        Inbox inbox = new Inbox(2, 1 << 20);
        AtomicInteger put = new AtomicInteger();
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < 5; i++) {
                                inbox.put(Items.line(i));
                                put.incrementAndGet();
                            }
                        });

        await().until(() -> reader.getState() == Thread.State.WAITING);
        assertThat(put).hasValue(2);

        List<Long> taken = new ArrayList<>();
        while (taken.size() < 5) {
            inbox.drain(1, item -> taken.add(Items.number(item)));
        }
        reader.join();
        assertThat(taken).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void bytesBoundItToo() {
        Inbox inbox = new Inbox(1000, 10_000);
        inbox.put(Items.line(1, "x".repeat(6000), Items.START));
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> inbox.put(Items.line(2, "x".repeat(6000), Items.START)));

        await().until(() -> reader.getState() == Thread.State.WAITING);
        assertThat(inbox.size()).isOne();
        assertThat(inbox.bytes()).isBetween(6000L, 10_000L);
        inbox.close();
    }

    @Test
    void oneItemLargerThanTheInboxIsLetInAlone() {
        Inbox inbox = new Inbox(10, 1000);
        inbox.put(Items.line(1, "x".repeat(100_000), Items.START));
        assertThat(inbox.size()).isOne();
    }

    @Test
    void closingLetsAWaitingReaderGo() throws InterruptedException {
        Inbox inbox = new Inbox(1, 1 << 20);
        inbox.put(Items.line(1));
        Thread reader = Thread.ofPlatform().start(() -> inbox.put(Items.line(2)));
        await().until(() -> reader.getState() == Thread.State.WAITING);

        inbox.close();

        reader.join();
        inbox.put(Items.line(3));
        assertThat(inbox.size()).isZero();
    }

    @Test
    void interruptingAWaitingReaderKeepsItsFlag() throws InterruptedException {
        Inbox inbox = new Inbox(1, 1 << 20);
        inbox.put(Items.line(1));
        boolean[] flag = new boolean[1];
        Thread reader =
                Thread.ofPlatform()
                        .start(() -> {
                            inbox.put(Items.line(2));
                            flag[0] = Thread.currentThread().isInterrupted();
                        });
        await().until(() -> reader.getState() == Thread.State.WAITING);

        reader.interrupt();

        reader.join();
        assertThat(flag[0]).isTrue();
        assertThat(inbox.size()).isOne();
    }

    @Test
    void manyReadersLoseAndDoubleNothing() throws InterruptedException {
        Inbox inbox = new Inbox(64, 1 << 20);
        List<Thread> readers = new ArrayList<>();
        for (int r = 0; r < 4; r++) {
            long first = r * 5000L;
            readers.add(
                    Thread.ofPlatform()
                            .start(() ->
                                    LongStream.range(first, first + 5000)
                                            .forEach(i -> inbox.put(Items.line(i)))));
        }
        List<StreamItem> taken = new ArrayList<>();
        while (taken.size() < 20_000) {
            inbox.drain(100, taken::add);
        }
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(taken.stream().map(Items::number).distinct()).hasSize(20_000);
    }
}
