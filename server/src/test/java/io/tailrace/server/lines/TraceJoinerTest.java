package io.tailrace.server.lines;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

class TraceJoinerTest {

    private final LineReader reader = new LineReader(null);
    private final List<Event.Log> out = new ArrayList<>();
    private final TraceJoiner joiner = new TraceJoiner(out::add);

    private void take(String text) {
        for (String line : text.split("\n", -1)) {
            take1(line);
        }
    }

    private void take1(String line) {
        Header header = Header.of(Channel.logs("a", "b"), Instant.EPOCH, Subject.NONE);
        var log = new Event.Log(header, Level.INFO, line, null, null);
        switch (reader.text(log)) {
            case LineReader.Line read -> joiner.take(read.log(), read.levelled());
            case LineReader.Whole whole -> {
                joiner.flush();
                out.add(whole.log());
            }
        }
    }

    private List<String> messages() {
        joiner.flush();
        return out.stream().map(Event.Log::message).toList();
    }

    @Test
    void javaTracesBelongToTheErrorBeforeThem() {
        String trace =
                """
                java.lang.IllegalStateException: no
                \tat a.B.c(B.java:1)
                \tSuppressed: java.io.IOException
                \t\tat a.B.d(B.java:2)
                Caused by: java.io.IOException: disk
                \tat a.B.e(B.java:3)
                \t... 12 more\
                """;
        take("ERROR: it broke\n" + trace + "\nnext");

        assertThat(messages()).containsExactly("ERROR: it broke", "next");
        assertThat(out.getFirst().error()).isEqualTo(trace);
        assertThat(out.getFirst().header().fields()).containsEntry("lines", 8L);
    }

    @Test
    void tracesInColourAreJoinedAndKeepTheirColours() {
        String trace =
                """
                \u001b[31mjava.lang.IllegalStateException: no\u001b[0m
                \u001b[31m\tat a.B.c(\u001b[4mB.java:1\u001b[0m)
                \u001b[0;31mCaused by: java.io.IOException: disk
                \tat a.B.e(B.java:3)\u001b[0m\
                """;
        take("\u001b[1;31mERROR\u001b[0m: it broke\n" + trace + "\nnext\n" + trace);

        assertThat(messages())
                .containsExactly(
                        "\u001b[1;31mERROR\u001b[0m: it broke",
                        "next",
                        "\u001b[31mjava.lang.IllegalStateException: no\u001b[0m");
        assertThat(out.getFirst().error()).isEqualTo(trace);
        assertThat(out.getLast().level()).isEqualTo(Level.ERROR);
        assertThat(out.getLast().header().fields()).containsEntry("lines", 4L);
    }

    @Test
    void tracesBehindSomethingElseAreErrorsByThemselves() {
        take("starting\nException in thread \"main\" a.Error: x\n\tat a.B.c(B.java:1)\nend");

        assertThat(messages())
                .containsExactly("starting", "Exception in thread \"main\" a.Error: x", "end");
        assertThat(out.get(1).level()).isEqualTo(Level.ERROR);
        assertThat(out.get(1).error())
                .isEqualTo("Exception in thread \"main\" a.Error: x\n\tat a.B.c(B.java:1)");
        assertThat(out.get(2).level()).isEqualTo(Level.INFO);
    }

    @Test
    void messagesOfSeveralLinesBelongToTheirException() {
        take(
                """
                Exception in thread "main" java.sql.SQLException: first
                  second
                \tthird
                \tat a.B.c(B.java:1)
                2026-11-21T10:00:00Z ERROR failed
                org.x.E: java.io.IOException: first
                java.io.IOException: first
                  second
                \tat a.B.c(B.java:1)
                Exception in thread "main" java.lang.StackOverflowError
                done
                  indented\
                """);
        assertThat(messages())
                .containsExactly(
                        "Exception in thread \"main\" java.sql.SQLException: first",
                        "2026-11-21T10:00:00Z ERROR failed",
                        "org.x.E: java.io.IOException: first",
                        "java.io.IOException: first",
                        "Exception in thread \"main\" java.lang.StackOverflowError",
                        "done",
                        "  indented");
        assertThat(out.get(0).error()).endsWith("first\n  second\n\tthird\n\tat a.B.c(B.java:1)");
        assertThat(out.get(3).error()).isEqualTo("  second\n\tat a.B.c(B.java:1)");
        assertThat(out.get(4).level()).isEqualTo(Level.ERROR);
        assertThat(out.get(4).error()).isEqualTo(out.get(4).message());
    }

    @Test
    void pythonTracesAreNamedByTheirLastLine() {
        String trace =
                """
                Traceback (most recent call last):
                  File "a.py", line 1, in <module>
                    f()
                    ^^^
                KeyError: 'x'

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "a.py", line 3, in <module>
                ValueError: bad\
                """;
        take(trace + "\n\nafter a blank line");

        assertThat(messages()).containsExactly("ValueError: bad", "", "after a blank line");
        assertThat(out.getFirst().level()).isEqualTo(Level.ERROR);
        assertThat(out.getFirst().error()).isEqualTo(trace);
    }

    @Test
    void nodeTracesIncludeTheirMembers() {
        String frames =
                """
                    at Object.open (node:fs:1:2) {
                  errno: -2,
                  code: 'ENOENT'
                }\
                """;
        take("Error: ENOENT: no such file\n" + frames + "\nNode.js v22");

        assertThat(messages()).containsExactly("Error: ENOENT: no such file", "Node.js v22");
        assertThat(out.getFirst().error()).isEqualTo(frames);
    }

    @Test
    void goPanicsIncludeTheirGoroutines() {
        String rest =
                """

                goroutine 1 [running]:
                main.load(0x1)
                \t/src/main.go:5 +0x1d
                main.main()
                \t/src/main.go:9 +0x2
                exit status 2\
                """;
        take("panic: no\n" + rest + "\nnext");

        assertThat(messages()).containsExactly("panic: no", "next");
        assertThat(out.getFirst().error()).isEqualTo(rest);
        assertThat(out.getFirst().level()).isEqualTo(Level.ERROR);
    }

    @Test
    void holdsBackOnlyWhatMayBeFollowed() {
        take("plain\nINFO: also plain");
        assertThat(out).hasSize(2);
        assertThat(joiner.holds()).isFalse();
        take("ERROR: may be followed");
        assertThat(joiner.holds()).isTrue();
        take("2026-11-21T10:00:00Z ERROR another");
        assertThat(out).hasSize(3);
        assertThat(out.getLast().error()).isNull();
    }

    @Test
    void boundsWhatItJoins() {
        take("ERROR: deep");
        for (int i = 0; i < 5_000; i++) {
            take("\tat a.B.c(B.java:1)");
        }
        assertThat(messages().size()).isGreaterThan(3_000);
        assertThat(String.valueOf(out.getFirst().error()).lines()).hasSize(1_000);
    }

    /** In whatever order lines come: each is there, once, and where it was. */
    @Test
    void whatWasMaskedInALineOfATraceIsStillSaid() {
        joiner.take(line("java.lang.Error: y", List.of("url-password")), false);
        joiner.take(line("\tat a.B.c(B.java:1)", null), false);
        joiner.take(line("Caused by: a.Error: x", List.of("bearer", "url-password")), false);
        joiner.flush();
        assertThat(out).hasSize(1);
        assertThat(out.getFirst().header().fields())
                .containsEntry("redacted", List.of("url-password", "bearer"));
    }

    private static Event.Log line(String text, @Nullable List<String> redacted) {
        Header header = Header.of(Channel.logs("a", "b"), Instant.EPOCH, Subject.NONE);
        return new Event.Log(
                redacted == null ? header : header.withFields(Map.of("redacted", redacted)),
                Level.INFO,
                text,
                null,
                null);
    }

    @Test
    void losesAndReordersNothing() {
        List<String> all =
                List.of(
                        "plain",
                        "",
                        "ERROR: x",
                        "\tat a.B.c(B.java:1)",
                        "java.lang.Error: y",
                        TraceLine.PYTHON,
                        "  File \"a.py\"",
                        "ValueError: z",
                        "During handling of the above exception, another exception occurred:",
                        "panic: p",
                        "goroutine 1 [running]:",
                        "    at x (y.js:1:2) {",
                        "}",
                        "level=info msg=hi");
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            out.clear();
            List<String> lines =
                    random.ints(30, 0, all.size()).mapToObj(all::get).collect(Collectors.toList());
            lines.forEach(this::take1);
            joiner.flush();
            List<String> back = new ArrayList<>();
            for (Event.Log log : out) {
                String error = log.error();
                boolean repeated =
                        error != null
                                && error.startsWith(TraceLine.PYTHON)
                                && error.endsWith(log.message());
                if (!repeated) {
                    back.add(log.message().equals("hi") ? "level=info msg=hi" : log.message());
                }
                if (error != null) {
                    back.addAll(List.of(error.split("\n", -1)));
                }
            }
            assertThat(back).isEqualTo(lines);
        }
    }
}
