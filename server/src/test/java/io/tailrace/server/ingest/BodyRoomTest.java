package io.tailrace.server.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.server.http.HttpProblem;

import org.junit.jupiter.api.Test;

class BodyRoomTest {

    private static final int MIB = 1 << 20;

    @Test
    void oneBodyMayTakeItAllAndTheNextWaitsForIt() throws Exception {
        BodyRoom room = new BodyRoom(64L * MIB);
        Thread other;
        try (BodyRoom.Lease small = room.lease();
                BodyRoom.Lease large = room.lease()) {
            small.grow(MIB);
            large.grow(4 * MIB);
            large.grow(64 * MIB);
            other = Thread.ofVirtual().start(() -> takeAll(room));
            small.grow(MIB);
        }
        other.join();
        takeAll(room); // it was given back
    }

    private static void takeAll(BodyRoom room) {
        try (BodyRoom.Lease lease = room.lease()) {
            lease.grow(64 * MIB);
        }
    }

    @Test
    void whoIsInterruptedWhileWaitingIsRefused() {
        BodyRoom room = new BodyRoom(MIB);
        try (BodyRoom.Lease lease = room.lease()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> lease.grow(8 * MIB))
                    .isInstanceOfSatisfying(
                            HttpProblem.class, p -> assertThat(p.status()).isEqualTo(503))
                    .hasMessageContaining("send this one again later");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
