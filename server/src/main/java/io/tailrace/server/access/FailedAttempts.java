package io.tailrace.server.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts tokens that were not accepted, by where they came from: a minute long, for the last 10,000
 * addresses. Behind a proxy many share an address, so good tokens are never held back. Thread-safe.
 */
final class FailedAttempts {

    static final int ALLOWED = 20;
    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MOST = 10_000;

    private final InstantSource clock;
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true);

    private record Window(Instant since, int count) {}

    FailedAttempts(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Counts one.
     *
     * @return for how long this address has had enough; zero while it may go on
     */
    synchronized Duration failed(InetAddress address) {
        Instant now = clock.instant();
        Window window = windows.get(key(address));
        if (window == null || !now.isBefore(window.since().plus(WINDOW))) {
            window = new Window(now, 0);
        }
        window = new Window(window.since(), Math.min(window.count() + 1, ALLOWED + 1));
        windows.put(key(address), window);
        if (windows.size() > MOST) {
            windows.remove(windows.keySet().iterator().next());
        }
        return window.count() > ALLOWED
                ? Duration.between(now, window.since().plus(WINDOW))
                : Duration.ZERO;
    }

    synchronized int size() {
        return windows.size();
    }

    /** Whoever has one IPv6 address has 2^64 of them. */
    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of()
                .formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
