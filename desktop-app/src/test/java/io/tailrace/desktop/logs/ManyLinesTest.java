package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

@Timeout(180)
class ManyLinesTest {

    private static final int LINES = 1_000_000;

    private final LogsModel model = new LogsModel();
    private final CRC32 published = new CRC32();

    @BeforeEach
    void publishAMillionLines() {
        for (int i = 0; i < LINES; i++) {
            Level level = i % 1000 == 0 ? Level.ERROR : i % 10 == 1 ? Level.DEBUG : Level.INFO;
            String message = "batch " + i + " rows=4475 dur=720ms loaded";
            model.append(Lines.entry(i + 1L, level, message));
            if (i > 0) {
                published.update('\n');
            }
            published.update(message.getBytes(StandardCharsets.UTF_8));
        }
        model.find(new FindQuery("batch 99999", false, true));
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void areFilteredInSlicesFoundExactlyAndCopiedByteForByte() {
        model.pulse();
        assertThat(model.view().busy()).as("not all at once").isTrue();
        Lines.settle(model);
        assertThat(model.statusProperty().get().shown()).isEqualTo(900_000);
        assertThat(Lines.matches(model)).contains(99_999L, 999_999L).hasSize(10);

        model.showLevel(Level.TRACE);
        Lines.settle(model);
        model.screen().selectAll();
        CRC32 copied = new CRC32();
        copied.update(model.screen().copy().orElseThrow().getBytes(StandardCharsets.UTF_8));
        assertThat(copied.getValue()).isEqualTo(published.getValue());

        model.showLevel(Level.ERROR);
        Lines.settle(model);
        assertThat(model.statusProperty().get().shown()).isEqualTo(1000);
    }
}
