package io.tailrace.server.chaos;

import io.tailrace.server.chaos.TcpProxy.Direction;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What goes wrong and what changes when, all of it decided by a seed. */
final class Schedule {

    private final Random random;
    private final GatewayProcess gateway;
    private final List<TcpProxy> proxies;
    private final Changes changes;
    private final StringBuilder told = new StringBuilder();

    Schedule(Random random, GatewayProcess gateway, List<TcpProxy> proxies, Changes changes) {
        this.random = random;
        this.gateway = gateway;
        this.proxies = proxies;
        this.changes = changes;
    }

    /** Does harm for a while, then heals everything. */
    void run(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(20 + random.nextInt(250)).toNanos());
            if (random.nextInt(5) < 2) {
                note(changes.make());
            } else {
                harm(proxies.get(random.nextInt(proxies.size())));
            }
        }
        proxies.forEach(TcpProxy::heal);
        // A connection that lost bytes, or whose other end does not know, will not come back.
        proxies.forEach(TcpProxy::cut);
    }

    private void harm(TcpProxy proxy) {
        Direction direction = random.nextBoolean() ? Direction.TO_CLIENT : Direction.TO_GATEWAY;
        switch (random.nextInt(14)) {
            case 0, 1 -> {
                note("cut");
                proxy.cut();
            }
            case 2 -> {
                note("half-cut " + direction);
                proxy.halfCut(direction);
            }
            case 3, 4, 5 -> {
                int bytes = 1 + random.nextInt(20_000);
                note("cut after " + bytes + " " + direction);
                proxy.cutAfter(direction, bytes);
            }
            case 6, 7 -> {
                note("stall " + direction);
                proxy.stall(direction, true);
                LockSupport.parkNanos(Duration.ofMillis(100 + random.nextInt(900)).toNanos());
                proxy.stall(direction, false);
            }
            case 8 -> {
                note("drop " + direction);
                proxy.drop(direction, true);
                LockSupport.parkNanos(Duration.ofMillis(50 + random.nextInt(200)).toNanos());
                proxy.drop(direction, false);
                proxy.cut(); // what was lost is a hole in the stream of bytes
            }
            case 9 -> {
                int millis = random.nextInt(60);
                note("delay " + millis + " ms " + direction);
                proxy.delay(direction, Duration.ofMillis(millis));
            }
            case 10, 11 -> {
                int millis = 300 + random.nextInt(2_000);
                note("away for " + millis + " ms");
                proxy.refuse(true);
                proxy.cut();
                LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
                proxy.refuse(false);
            }
            case 12 -> {
                note("kill -9");
                gateway.kill();
                gateway.start();
            }
            default -> {
                note("terminate");
                gateway.terminate();
                gateway.start();
            }
        }
    }

    private void note(String harm) {
        told.append(told.isEmpty() ? "" : ", ").append(harm);
    }

    /** What was done, for whoever reads the failure. */
    @Override
    public String toString() {
        return told.toString();
    }
}
