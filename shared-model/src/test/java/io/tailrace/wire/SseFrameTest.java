package io.tailrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class SseFrameTest {

    @Test
    void writesIdKindAndData() {
        assertThat(text(SseFrame.event("e1-42", "log", bytes("{\"a\":1}"))))
                .isEqualTo("id: e1-42\nevent: log\ndata: {\"a\":1}\n\n");
    }

    @Test
    void leavesTheIdOut() {
        assertThat(text(SseFrame.event(null, "heartbeat", bytes("{}"))))
                .isEqualTo("event: heartbeat\ndata: {}\n\n");
    }

    @Test
    void splitsDataIntoItsLines() {
        assertThat(text(SseFrame.event(null, "k", bytes("a\nb\rc\r\nd\n\r\n"))))
                .isEqualTo("event: k\ndata: a\ndata: b\ndata: c\ndata: d\ndata: \ndata: \n\n");
        assertThat(text(SseFrame.event(null, "k", new byte[0]))).isEqualTo("event: k\ndata: \n\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\r\nb", "a\0b", "\n", "x\n\ndata: injected"})
    void refusesWhatWouldEndAField(String bad) {
        assertThatThrownBy(() -> SseFrame.event(bad, "log", new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The id of an event may not have line breaks or NUL.");
        assertThatThrownBy(() -> SseFrame.event("1", bad, new byte[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The kind of an event may not have line breaks or NUL.");
    }

    @Test
    void writesRetry() {
        assertThat(text(SseFrame.retry(1500))).isEqualTo("retry: 1500\n\n");
        assertThatThrownBy(() -> SseFrame.retry(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void commentsAreNeverSeenAsEvents() throws IOException {
        for (String comment : List.of("", "\n", "hi", "a\ndata: x\n\ndata: y\r\rdata: z")) {
            assertThat(new SseReader(new ByteArrayInputStream(SseFrame.comment(comment))).next())
                    .as(comment)
                    .isNull();
        }
        assertThat(text(SseFrame.comment("hi"))).isEqualTo(": hi\n\n");
    }

    @Test
    void whateverIsWrittenIsReadBack() throws IOException {
        Random random = new Random(42);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<SseEvent> sent = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String id = random.nextInt(3) == 0 ? null : word(random);
            String kind = word(random);
            byte[] data = data(random);
            stream.write(SseFrame.event(id, kind, data));
            sent.add(new SseEvent(id, kind.isEmpty() ? "message" : kind, normal(data)));
            if (random.nextInt(10) == 0) {
                stream.write(SseFrame.comment(word(random)));
                stream.write(SseFrame.retry(random.nextInt(10_000)));
            }
        }
        SseReader reader = new SseReader(new ByteArrayInputStream(stream.toByteArray()));
        for (SseEvent expected : sent) {
            SseEvent event = reader.next();
            assertThat(event).isNotNull();
            assertThat(same(expected, event)).as("%s", expected).isTrue();
        }
        assertThat(reader.next()).isNull();
    }

    private static boolean same(SseEvent a, @Nullable SseEvent b) {
        return b != null
                && Objects.equals(a.id(), b.id())
                && a.type().equals(b.type())
                && Arrays.equals(a.data(), b.data());
    }

    /** Letters, spaces, colons and wide characters: all that an id or a kind may hold. */
    private static String word(Random random) {
        String alphabet = "ab :\t-é漢\u2028\uFEFF";
        StringBuilder word = new StringBuilder();
        for (int n = random.nextInt(6); n > 0; n--) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }

    private static byte[] data(Random random) {
        byte[] data = new byte[random.nextInt(40)];
        byte[] alphabet = bytes("ab:\n\n\r\r \0");
        for (int i = 0; i < data.length; i++) {
            data[i] =
                    random.nextInt(4) == 0
                            ? (byte) random.nextInt(256)
                            : alphabet[random.nextInt(alphabet.length)];
        }
        return data;
    }

    /** The one thing that changes: every line break becomes a line feed. */
    private static byte[] normal(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        return text.replace("\r\n", "\n").replace('\r', '\n').getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8);
    }
}
