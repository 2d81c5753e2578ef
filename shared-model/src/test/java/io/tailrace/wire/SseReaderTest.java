package io.tailrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

class SseReaderTest {

    @ParameterizedTest
    @MethodSource("io.tailrace.wire.SseCases#cases")
    void readsAsTheStandardSays(SseCase c) throws IOException {
        check(c, new ByteArrayInputStream(c.stream()));
    }

    @ParameterizedTest
    @MethodSource("io.tailrace.wire.SseCases#cases")
    void readsTheSameOneByteAtATime(SseCase c) throws IOException {
        check(c, new Trickle(c.stream()));
    }

    @ParameterizedTest
    @MethodSource("io.tailrace.wire.SseCases#cases")
    void readsTheSameSplitAnywhere(SseCase c) throws IOException {
        byte[] all = c.stream();
        for (int split = 0; split <= all.length; split++) {
            check(
                    c,
                    new SequenceInputStream(
                            new ByteArrayInputStream(all, 0, split),
                            new ByteArrayInputStream(all, split, all.length - split)));
        }
    }

    private static void check(SseCase c, InputStream in) throws IOException {
        SseReader reader = new SseReader(in);
        List<SseCase.Seen> seen = new ArrayList<>();
        SseEvent event;
        while ((event = reader.next()) != null) {
            seen.add(new SseCase.Seen(event.type(), event.text(), reader.lastEventId()));
        }
        assertThat(seen).isEqualTo(c.events());
        assertThat(reader.lastEventId()).isEqualTo(c.finalId());
    }

    @Test
    void tellsAnEventsOwnIdFromAnInheritedOne() throws IOException {
        SseReader reader = reader("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n");
        assertThat(next(reader).id()).isEqualTo("1");
        assertThat(next(reader).id()).isNull();
        assertThat(next(reader).id()).isEmpty();
    }

    @Test
    void retryTakesOnlyDigits() throws IOException {
        assertThat(retryOf("")).isEmpty();
        for (String bogus :
                List.of(
                        "retry\n",
                        "retry:\n",
                        "retry: \n",
                        "retry: -1\n",
                        "retry: 1.5\n",
                        "retry: 1 \n",
                        "retry:  1\n",
                        "retry: 0x10\n",
                        "retry: 1e3\n",
                        "retry: ١٢\n",
                        "retry: +5\n",
                        "Retry: 5\n")) {
            assertThat(retryOf(bogus)).as(bogus).isEmpty();
        }
        assertThat(retryOf("retry: 0\n")).hasValue(0);
        assertThat(retryOf("retry:2500\n")).hasValue(2500);
        assertThat(retryOf("retry: 0007\nretry: x\n")).hasValue(7);
        assertThat(retryOf("retry: 1\nretry: 2\n")).hasValue(2);
        assertThat(retryOf("retry: 99999999999999999999999999999999\n"))
                .hasValue(Integer.MAX_VALUE);
    }

    private static OptionalLong retryOf(String stream) throws IOException {
        SseReader reader = reader(stream);
        assertThat(reader.next()).isNull();
        return reader.retry();
    }

    @Test
    void anEventAtTheLimitPassesAndALargerOneIsPassedOver() throws IOException {
        String fits = "x".repeat(100);
        String stream =
                "id: 1\ndata: %s\n\nid: 2\ndata: %sy\n\nid: 3\ndata: after\n\n"
                        .formatted(fits, fits);
        for (InputStream in : List.of(stream(stream), new Trickle(bytes(stream)))) {
            SseReader reader = new SseReader(in, 100);
            assertThat(next(reader).text()).isEqualTo(fits);
            assertThatThrownBy(reader::next)
                    .isInstanceOf(EventTooLargeException.class)
                    .hasMessage(
                            "An event on the stream is larger than 100 bytes and was passed over.");
            assertThat(next(reader).text()).isEqualTo("after");
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void manyDataLinesCountTogetherAndAreRefusedOnce() throws IOException {
        String stream = "data: 123456789\n".repeat(50) + "event: e\nid: 5\n\ndata: ok\n\n";
        SseReader reader = new SseReader(stream(stream), 100);
        assertThatThrownBy(reader::next).isInstanceOf(EventTooLargeException.class);
        SseEvent event = next(reader);
        assertThat(event.text()).isEqualTo("ok");
        assertThat(event.type()).isEqualTo("message");
        assertThat(reader.lastEventId()).isEqualTo("5");
    }

    @Test
    void anEndlessLineTakesNoMemoryAndDoesNotHideWhatFollows() throws IOException {
        byte[] chunk = new byte[1 << 20];
        Arrays.fill(chunk, (byte) 'x');
        InputStream in =
                new SequenceInputStream(
                        new Repeated(bytes("data: "), chunk, 300),
                        stream("\nid: 9\n\ndata: after\n\n"));
        SseReader reader = new SseReader(in);
        assertThatThrownBy(reader::next)
                .isInstanceOf(EventTooLargeException.class)
                .hasMessageContaining("larger than 16 MiB");
        assertThat(next(reader).text()).isEqualTo("after");
        assertThat(reader.lastEventId()).isEqualTo("9");
    }

    @Test
    void largeEventsAndSmallOnesAlternate() throws IOException {
        StringBuilder stream = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            stream.append("data: ").append("é".repeat(200_000)).append("\n\ndata: ").append(i);
            stream.append("\n\n");
        }
        SseReader reader = reader(stream.toString());
        for (int i = 0; i < 5; i++) {
            assertThat(next(reader).data()).hasSize(400_000);
            assertThat(next(reader).text()).isEqualTo(String.valueOf(i));
        }
        assertThat(reader.next()).isNull();
    }

    @Test
    void handsOnWhatTheStreamThrows() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("cut");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        throw new IOException("cut");
                    }
                };
        assertThatThrownBy(new SseReader(broken)::next).isInstanceOf(IOException.class);
    }

    private static SseEvent next(SseReader reader) throws IOException {
        SseEvent event = reader.next();
        if (event == null) {
            throw new AssertionError("The stream ended too early.");
        }
        return event;
    }

    private static SseReader reader(String stream) {
        return new SseReader(stream(stream));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Gives one byte at a time. */
    private static final class Trickle extends ByteArrayInputStream {
        Trickle(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, 1));
        }
    }

    /** A head and then the same chunk many times. */
    private static final class Repeated extends InputStream {
        private final byte[] head;
        private final byte[] chunk;
        private int left;
        private boolean started;

        Repeated(byte[] head, byte[] chunk, int times) {
            this.head = head;
            this.chunk = chunk;
            this.left = times;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (!started) {
                started = true;
                System.arraycopy(head, 0, into, offset, head.length);
                return head.length;
            }
            if (left-- <= 0) {
                return -1;
            }
            int count = Math.min(length, chunk.length);
            System.arraycopy(chunk, 0, into, offset, count);
            return count;
        }
    }
}
