package io.tailrace.desktop.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.text.Times;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.ZoneId;

class WordingTest {

    private static final Times BERLIN = new Times(ZoneId.of("Europe/Berlin"));
    private static final Instant ASKED = Instant.parse("2026-11-21T16:30:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    It took 43 s, from 16:29:06 UTC to 16:29:49 UTC.      | It took 43 s, from 17:29:06 to 17:29:49.
                    It ended at 23:10:00 UTC.                             | It ended at 00:10:00.
                    Since 2026-11-20T23:30:00.25Z it is late.             | Since 2026-11-21 00:30:00 it is late.
                    The line 2026-02-31T23:30:00Z stays.                  | The line 2026-02-31T23:30:00Z stays.
                    It says `load failed. It is tried again.`.            | It says `load failed. It is tried again.`
                    It failed: `A class is in two jars; SQL statement:`.  | It failed: `A class is in two jars`.
                    25:61:00 UTC is no time.                              | 25:61:00 UTC is no time.
                    """)
    void timesAreTheReadersAndSentencesEndOnce(String text, String read) {
        assertThat(Wording.local(text, BERLIN, ASKED)).isEqualTo(read);
    }
}
