package io.tailrace.server.bench;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Many subscribers on one thread: cheap, so that the server is what is measured. Every event
 * carries {@code seq=} with ten digits and {@code t=} with nineteen (nanoseconds).
 */
final class Swarm implements AutoCloseable {

    private static final int MARK = 4 + 10 + 3 + 19; // seq=0123456789 t=0123456789012345678
    private static final byte[] SEQ = "seq=".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(MARK + 256 * 1024);
    private final CountDownLatch open;
    private final Thread thread;
    private final boolean readAll;
    private volatile boolean closed;

    // Written by the thread, read by anybody.
    private volatile long delivered;
    private volatile long bytes;

    /** Owned by the thread while it runs; set to record. */
    private volatile @Nullable Histogram latencies;

    /**
     * Connects them all and waits until each has its first bytes.
     *
     * @param newest the number of the newest event, which none of them will get
     * @param path what each asks for
     * @param readAll whether every event is looked at, for its latency; otherwise the newest of
     *     what was read stands for all before it
     * @param stalled so many of the first never read anything but the beginning
     */
    Swarm(int port, int count, long newest, IntFunction<String> path, boolean readAll, int stalled)
            throws IOException, InterruptedException {
        this.readAll = readAll;
        this.selector = Selector.open();
        this.open = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            String request =
                    "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n\r\n"
                            .formatted(path.apply(i));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            Subscriber subscriber = new Subscriber(channel, newest, i < stalled);
            subscribers.add(subscriber);
            channel.register(selector, SelectionKey.OP_READ, subscriber);
        }
        this.thread = Thread.ofPlatform().name("swarm").start(this::run);
        if (!open.await(60, TimeUnit.SECONDS)) {
            close();
            throw new IOException(open.getCount() + " of " + count + " streams did not open.");
        }
    }

    private static final class Subscriber {
        final SocketChannel channel;
        final boolean stalled;
        final byte[] carry = new byte[MARK];
        boolean begun;
        long last;

        Subscriber(SocketChannel channel, long last, boolean stalled) {
            this.channel = channel;
            this.last = last;
            this.stalled = stalled;
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    read(key, (Subscriber) key.attachment());
                }
                selector.selectedKeys().clear();
            }
        } catch (IOException e) {
            throw new IllegalStateException("A subscriber failed.", e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void read(SelectionKey key, Subscriber subscriber) throws IOException {
        buffer.clear();
        buffer.put(subscriber.carry);
        int count = subscriber.channel.read(buffer);
        if (count < 0) {
            throw new IOException("A stream ended.");
        }
        if (!subscriber.begun) {
            subscriber.begun = true;
            String status = new String(buffer.array(), MARK, 12, StandardCharsets.US_ASCII);
            if (!status.equals("HTTP/1.1 200")) {
                throw new IOException("A stream was answered with " + status + ".");
            }
            open.countDown();
            if (subscriber.stalled) {
                key.interestOps(0);
                return;
            }
        }
        byte[] array = buffer.array();
        int end = buffer.position();
        if (readAll) {
            all(array, end);
        } else {
            newest(subscriber, array, end);
        }
        bytes += count;
        System.arraycopy(array, end - MARK, subscriber.carry, 0, MARK);
        if (readAll) {
            forget(subscriber.carry);
        }
    }

    /** A mark that was complete must not be seen again. */
    private static void forget(byte[] carry) {
        if (isMark(carry, 0, MARK)) {
            carry[0] = 0;
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void newest(Subscriber subscriber, byte[] array, int end) {
        for (int i = end - MARK; i >= 0; i--) {
            if (array[i] == 's' && isMark(array, i, end)) {
                long seq = number(array, i + 4, 10);
                if (seq > subscriber.last) { // several publishers overtake each other
                    delivered += seq - subscriber.last;
                    subscriber.last = seq;
                }
                return;
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void all(byte[] array, int end) {
        long now = System.nanoTime();
        Histogram histogram = latencies;
        long found = 0;
        for (int i = 0; i + MARK <= end; i++) {
            if (array[i] == 's' && isMark(array, i, end)) {
                found++;
                if (histogram != null) {
                    histogram.recordValue(Math.max(0, now - number(array, i + 17, 19)));
                }
                i += MARK - 1;
            }
        }
        delivered += found;
    }

    private static boolean isMark(byte[] array, int at, int end) {
        if (at + MARK > end) {
            return false;
        }
        for (int i = 0; i < SEQ.length; i++) {
            if (array[at + i] != SEQ[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(byte[] array, int at, int digits) {
        long number = 0;
        for (int i = at; i < at + digits; i++) {
            number = number * 10 + (array[i] - '0');
        }
        return number;
    }

    /** How many events all of them have got. */
    long delivered() {
        return delivered;
    }

    long bytes() {
        return bytes;
    }

    /** From now on latencies go there; null for nowhere. */
    void record(@Nullable Histogram histogram) {
        latencies = histogram;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Subscriber subscriber : subscribers) {
            subscriber.channel.close();
        }
        selector.close();
    }
}
