package io.tailrace.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class GapWordsTest {

    @Test
    void eachReasonHasItsSentence() {
        assertThat(words("e-1", "retention")).contains("no longer kept");
        assertThat(words("e-1", "skipped")).contains("can be fetched").doesNotContain("no longer");
        assertThat(words("e-1", "limit")).contains("not sent").doesNotContain("no longer kept");
        assertThat(words("old-1", "epoch")).contains("a new life");
        assertThat(words("e-90", "epoch"))
                .contains("older copy")
                .contains("after e-50 up to e-90")
                .doesNotContain("new life");
        assertThat(words("e-1", "eclipse")).contains("\"eclipse\"");
    }

    private static String words(String from, String reason) {
        return GapWords.of(
                new ChannelLedger.Missing(
                        Channel.logs("acme", "orders"),
                        from,
                        new Cursor("e", 50),
                        reason,
                        Instant.EPOCH));
    }
}
