package io.tailrace.server.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a gateway and does to their connections what networks do. Any thread
 * may call it at any time.
 *
 * <p>{@link #stall}, {@link #drop} and {@link #delay} hold for all connections, those to come
 * included, until they are changed or {@link #heal} is called. {@link #cut}, {@link #halfCut} and
 * {@link #cutAfter} meet the connections that are open.
 */
public final class TcpProxy implements AutoCloseable {

    /** Which way bytes go. */
    public enum Direction {
        TO_GATEWAY,
        TO_CLIENT
    }

    private final ServerSocket listener;
    private final Faults faults = new Faults(this::cut);
    private final List<Link> links = new CopyOnWriteArrayList<>();

    // Any thread sets them; the accepting thread reads.
    private volatile InetSocketAddress target;
    private volatile boolean refusing;

    /** Listens on a free port of the loopback interface and leads to that port of it. */
    public TcpProxy(int gatewayPort) throws IOException {
        this.target = loopback(gatewayPort);
        this.listener = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("chaos-accept").start(this::accept);
    }

    /** Where clients connect. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Where clients connect, as a gateway's address. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** New connections lead there: a gateway that was restarted has another port. */
    public void leadTo(int gatewayPort) {
        target = loopback(gatewayPort);
    }

    /** Whether new connections are reset as soon as they are open. */
    public void refuse(boolean all) {
        refusing = all;
    }

    /** Resets every open connection at both ends; what is under way is lost. */
    public void cut() {
        for (Link link : links) {
            link.reset();
        }
    }

    /**
     * Resets every open connection at the end that the direction leads to. The other end is not
     * told: its connection stays open, but nothing comes and nothing is read any more.
     */
    public void halfCut(Direction told) {
        for (Link link : links) {
            link.halfReset(told);
        }
    }

    /**
     * Cuts every connection as soon as so many more bytes have passed, in the middle of a frame.
     */
    public void cutAfter(Direction direction, long bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("To cut at once, call cut.");
        }
        faults.limit(direction, bytes);
    }

    /** Whether nothing is read any more in that direction: the sender's buffers fill up. */
    public void stall(Direction direction, boolean stalled) {
        faults.stall(direction, stalled);
    }

    /** Whether what is sent in that direction is lost without anybody being told. */
    public void drop(Direction direction, boolean dropping) {
        faults.drop(direction, dropping);
    }

    /** How much later bytes arrive, in their order; the throughput stays. */
    public void delay(Direction direction, Duration delay) {
        faults.delay(direction, delay);
    }

    /** All is well again for the connections that are still open, and for new ones. */
    public void heal() {
        refusing = false;
        faults.heal();
    }

    /** How many connections are open at both ends. */
    public int connections() {
        return Math.toIntExact(links.stream().filter(link -> !link.half).count());
    }

    /** How many bytes have arrived in that direction. */
    public long bytes(Direction direction) {
        return faults.bytes(direction);
    }

    /** Resets all connections and listens no more. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
        faults.heal();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (refusing) {
                    reset(client);
                } else {
                    Thread.ofVirtual().name("chaos-connect").start(() -> connect(client));
                }
            } catch (IOException e) {
                // closed, or a client that was gone before it was accepted
            }
        }
    }

    private void connect(Socket client) {
        Socket gateway = new Socket();
        try {
            gateway.connect(target);
            gateway.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            Link link = new Link(client, gateway);
            links.add(link);
            link.start();
            if (listener.isClosed()) {
                link.reset();
            }
        } catch (IOException e) {
            reset(client);
            reset(gateway);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // it is closed already
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** One connection: a client's socket, the gateway's, and two pipes between them. */
    private final class Link implements Pipe.Over {
        private final Socket client;
        private final Socket gateway;
        private final List<Pipe> pipes;
        private final AtomicInteger open = new AtomicInteger(2);
        // Set by whoever calls the proxy, read by the pipes' threads.
        private volatile boolean half;

        Link(Socket client, Socket gateway) {
            this.client = client;
            this.gateway = gateway;
            this.pipes =
                    List.of(
                            new Pipe(Direction.TO_GATEWAY, client, gateway, faults, this),
                            new Pipe(Direction.TO_CLIENT, gateway, client, faults, this));
        }

        void start() {
            pipes.forEach(Pipe::start);
        }

        @Override
        public void ended() {
            if (open.decrementAndGet() == 0) {
                links.remove(this);
                closeQuietly(client);
                closeQuietly(gateway);
            }
        }

        /** One end failed, so the other is told; unless it is to be left in the dark. */
        @Override
        public void failed() {
            if (!half) {
                reset();
            }
        }

        void reset() {
            links.remove(this);
            TcpProxy.reset(client);
            TcpProxy.reset(gateway);
            pipes.forEach(Pipe::stop);
        }

        void halfReset(Direction told) {
            half = true;
            TcpProxy.reset(told == Direction.TO_CLIENT ? client : gateway);
        }
    }
}
