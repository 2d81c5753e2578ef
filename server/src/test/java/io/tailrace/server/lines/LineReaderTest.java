package io.tailrace.server.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

class LineReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:30Z");
    private static final Header BASE = Header.of(Channel.logs("a", "b"), NOW, Subject.NONE);

    private final LineReader reader = new LineReader(null);

    private static Event.Log line(String text) {
        return new Event.Log(BASE, Level.INFO, text, null, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    2026-11-21T09:00:00.123Z ERROR [main] a.B - broke       | ERROR | 2026-11-21T09:00:00.123Z
                    2026-11-21 10:00:00,123 WARN  [x-1] c.D : slow          | WARN  | 2026-11-21T10:00:00.123Z
                    [2026-11-21T11:00:00.5+01:00] [ERROR] no                | ERROR | 2026-11-21T10:00:00.500Z
                    2026-11-21 05:00:00.000 -0500 DEBUG x                   | DEBUG | 2026-11-21T10:00:00Z
                    2026-11-21T09:00:00Z info lower case behind a time      | INFO  | 2026-11-21T09:00:00Z
                    2026/11/21 10:00:00 main.go:7: plain go                 | -     | 2026-11-21T10:00:00Z
                    2026-11-21 03:00:00 ERROR some zone, nobody says which  | ERROR | -
                    2026-13-45T10:00:00Z ERROR no such day                  | ERROR | -
                    10:00:00.123 [main] ERROR a.B - logback's own           | ERROR | -
                    26/11/21 10:00:00 WARN SparkContext: two ways to read   | WARN  | -
                    ERROR: psql says so                                     | ERROR | -
                    [WARNING] maven says so                                 | WARN  | -
                    WARNING:root:python says so                             | WARN  | -
                    ERROR - apart                                           | ERROR | -
                    E1121 10:00:00.123456   12 file.go:7] klog              | ERROR | -
                    ~[31mERROR~[0m: in colour                     | ERROR | -
                    ~[90m2026-11-21T09:00:00Z~[0m ~[33mWRN~[0m zerolog | WARN | 2026-11-21T09:00:00Z
                    ERROR handling is documented elsewhere                  | -     | -
                    Errors: 0, warnings: 3                                  | -     | -
                    INFO                                                    | -     | -
                    the ERROR: is in the middle                             | -     | -
                    12345                                                   | -     | -
                    2026-11-21                                              | -     | -
                    [                                                       | -     | -
                    10:00                                                   | -     | -
                    """)
    void takesLevelAndTimeOnlyWhenTheyAreCertain(String text, String level, String time) {
        String line = text.replace('~', '\u001b');
        Event.Log log = reader.text(line(line)).log();

        assertThat(log.message()).isEqualTo(line);
        assertThat(log.level()).isEqualTo(level.equals("-") ? Level.INFO : Level.valueOf(level));
        assertThat(log.timestamp()).isEqualTo(time.equals("-") ? NOW : Instant.parse(time));
    }

    @Test
    void timesWithoutAZoneCountWhenTheZoneIsKnown() {
        var berlin = new LineReader(ZoneId.of("Europe/Berlin"));
        assertThat(berlin.text(line("2026-07-01 10:00:00 x")).log().timestamp())
                .hasToString("2026-07-01T08:00:00Z");
        assertThat(berlin.text(line("2026-11-21 10:00:00,5 x")).log().timestamp())
                .hasToString("2026-11-21T09:00:00.500Z");
    }

    @Test
    void readsLogfmt() {
        LineReader.Read read =
                reader.text(
                        line(
                                "time=\"2026-11-21T09:00:00Z\" level=warning msg=\"it \\\"is\\\""
                                        + " slow\" rows=3 logger=db empty="));

        assertThat(read).isInstanceOf(LineReader.Whole.class);
        Event.Log log = read.log();
        assertThat(log.level()).isEqualTo(Level.WARN);
        assertThat(log.message()).isEqualTo("it \"is\" slow");
        assertThat(log.logger()).isEqualTo("db");
        assertThat(log.timestamp()).hasToString("2026-11-21T09:00:00Z");
        assertThat(log.header().fields()).isEqualTo(Map.of("rows", "3", "empty", ""));
        assertThat(reader.text(line("note level=1 msg=2")).log().message())
                .isEqualTo("note level=1 msg=2");
        assertThat(reader.text(line("level=info msg=\"open")).log().message())
                .isEqualTo("level=info msg=\"open");
    }

    @Test
    void hugeAndOddLinesAreReadAtOnce() {
        for (String part : new String[] {"[", "ERROR ", "a=", "\u001b[", "9", " ", "level=msg="}) {
            String text = part.repeat(1_000_000 / part.length());
            assertThat(reader.text(line(text)).log().message()).isEqualTo(text);
        }
    }
}
