package io.tailrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;

class FailedAttemptsTest {

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final FailedAttempts attempts = new FailedAttempts(() -> now);

    private Duration failed(String address) throws UnknownHostException {
        return attempts.failed(InetAddress.getByName(address));
    }

    @Test
    void enoughIsEnoughForAMinute() throws UnknownHostException {
        for (int i = 0; i < FailedAttempts.ALLOWED; i++) {
            assertThat(failed("192.0.2.1")).isZero();
        }
        now = now.plusSeconds(20);
        assertThat(failed("192.0.2.1")).isEqualTo(Duration.ofSeconds(40));
        assertThat(failed("192.0.2.2")).isZero();
        now = now.plusSeconds(40);
        assertThat(failed("192.0.2.1")).isZero();
    }

    @Test
    void neighboursInOneNetworkOfVersionSixAreOne() throws UnknownHostException {
        for (int i = 0; i < FailedAttempts.ALLOWED; i++) {
            assertThat(failed("2001:db8::" + Integer.toHexString(i + 1))).isZero();
        }
        assertThat(failed("2001:db8::ffff")).isPositive();
        assertThat(failed("2001:db8:0:1::1")).isZero();
    }

    @Test
    void aFloodOfAddressesTakesBoundedMemory() throws UnknownHostException {
        for (int i = 0; i < FailedAttempts.MOST * 2; i++) {
            failed("10.%d.%d.%d".formatted(i >> 16, (i >> 8) & 255, i & 255));
        }
        assertThat(attempts.size()).isEqualTo(FailedAttempts.MOST);
    }
}
