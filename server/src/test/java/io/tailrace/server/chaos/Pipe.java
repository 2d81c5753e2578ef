package io.tailrace.server.chaos;

import io.tailrace.server.chaos.TcpProxy.Direction;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One direction of one connection: a thread that reads, a bounded queue, a thread that writes when
 * a chunk is due. Bounded, so that a reader that stops is felt by the sender, as without a proxy.
 */
final class Pipe {

    private static final int CHUNK = 16 * 1024;
    private static final Chunk END = new Chunk(new byte[0], 0);

    private final Direction direction;
    private final Socket from;
    private final Socket to;
    private final Faults faults;
    private final Over over;
    private final Thread reader = Thread.ofVirtual().name("chaos-reader").unstarted(this::read);
    private final Thread writer = Thread.ofVirtual().name("chaos-writer").unstarted(this::write);
    private final BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(8);

    /** Is told how a direction ended. */
    interface Over {
        /** The end of the bytes was passed on. */
        void ended();

        /** One of the two sockets failed. */
        void failed();
    }

    Pipe(Direction direction, Socket from, Socket to, Faults faults, Over over) {
        this.direction = direction;
        this.from = from;
        this.to = to;
        this.faults = faults;
        this.over = over;
    }

    void start() {
        reader.start();
        writer.start();
    }

    /** Ends both threads; an interrupted read closes its socket. */
    void stop() {
        reader.interrupt();
        writer.interrupt();
    }

    private void read() {
        byte[] buffer = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            while (true) {
                faults.awaitFlow(direction);
                int read = in.read(buffer);
                if (read < 0) {
                    underWay.put(END);
                    return;
                }
                byte[] bytes = new byte[read];
                System.arraycopy(buffer, 0, bytes, 0, read);
                underWay.put(new Chunk(bytes, faults.due(direction)));
            }
        } catch (IOException e) {
            over.failed();
        } catch (InterruptedException e) {
            // stopped
        }
    }

    private void write() {
        try {
            Chunk chunk = underWay.take();
            while (!chunk.equals(END)) {
                TimeUnit.NANOSECONDS.sleep(chunk.due() - System.nanoTime());
                faults.awaitFlow(direction);
                int pass = faults.admit(direction, chunk.bytes().length);
                to.getOutputStream().write(chunk.bytes(), 0, pass);
                faults.passed(direction, pass);
                chunk = underWay.take();
            }
            to.shutdownOutput();
            over.ended();
        } catch (IOException e) {
            over.failed();
        } catch (InterruptedException e) {
            // stopped
        }
    }

    /** Bytes and when they may arrive, by {@link System#nanoTime}. */
    private record Chunk(byte[] bytes, long due) {}
}
