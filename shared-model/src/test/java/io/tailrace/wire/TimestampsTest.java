package io.tailrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.Random;

class TimestampsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "0000-12-31T23:59:59Z",
                "-0044-03-15T12:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.900Z",
                "2024-02-29T23:59:59.000001Z",
                "2026-11-21T10:00:00.000000001Z"
            })
    void aTimeIsWrittenAsItIsRead(String text) {
        assertThat(Timestamps.text(Instant.parse(text))).isEqualTo(text);
    }

    @Test
    void everyTimeIsWrittenAsTheJdkWritesIt() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long seconds = random.nextLong(-70_000_000_000L, 260_000_000_000L);
            int nanos = random.nextInt(1_000_000_000);
            int coarse =
                    switch (i % 4) {
                        case 0 -> nanos;
                        case 1 -> nanos / 1_000 * 1_000;
                        case 2 -> nanos / 1_000_000 * 1_000_000;
                        default -> 0;
                    };
            Instant time = Instant.ofEpochSecond(seconds, coarse);
            assertThat(Timestamps.text(time)).isEqualTo(time.toString());
            if (Timestamps.possible(time)) {
                assertThat(Timestamps.read(time.toString(), Instant.EPOCH)).isEqualTo(time);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-11-21T24:00:01Z",
                "2026-11-21T10:60:00Z",
                "2026-11-21T10:00:0xZ",
                "2026-11-21T10:00:00.0000000000Z",
                "2026-11-21T10:00:00.-12Z",
                "2026-11-21T10:00:00,123Z",
                "٢٠٢٦-11-21T10:00:00Z",
                "0000-01-01T00:00:00Z"
            })
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Timestamps.read(text, Instant.EPOCH))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("'timestamp' must be a time");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T10:00:00.1Z, 2026-11-21T10:00:00.100Z",
        "2026-11-21T10:00:00.12Z, 2026-11-21T10:00:00.120Z",
        "2026-11-21T10:00:00.1234Z, 2026-11-21T10:00:00.123400Z",
        "2026-11-21T10:00Z, 2026-11-21T10:00:00Z",
        "2026-11-21T12:00:00+02:00, 2026-11-21T10:00:00Z",
        "2026-11-21 10:00:00, 2026-11-21T10:00:00Z"
    })
    void timesAreReadInAllTheirForms(String text, String meant) {
        assertThat(Timestamps.read(text, Instant.EPOCH)).isEqualTo(Instant.parse(meant));
    }
}
