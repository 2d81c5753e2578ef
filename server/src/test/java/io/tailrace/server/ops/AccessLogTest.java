package io.tailrace.server.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AccessLogTest {

    @Test
    void leavesWhatIsHarmlessAsItIs() {
        assertThat(AccessLog.quoted("/api/events")).isEqualTo("/api/events");
    }

    @Test
    void keepsOneRequestInOneLineWhateverTheClientChose() {
        assertThat(AccessLog.quoted("a\r\nremote=1.2.3.4 status=200"))
                .isEqualTo("\"a\\u{d}\\u{a}remote=1.2.3.4 status=200\"");
        assertThat(AccessLog.quoted("a\"b\\c")).isEqualTo("\"a\\\"b\\\\c\"");
        assertThat(AccessLog.quoted("\u001b[31m\u202e\u2028"))
                .isEqualTo("\"\\u{1b}[31m\\u{202e}\\u{2028}\"");
        assertThat(AccessLog.quoted("")).isEqualTo("\"\"");
        assertThat(AccessLog.quoted("status=200")).isEqualTo("\"status=200\"");
    }

    @Test
    void shortensWhatIsLong() {
        assertThat(AccessLog.quoted("x".repeat(10_000))).hasSize(201).endsWith("…");
    }
}
