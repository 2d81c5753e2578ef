package io.tailrace.wire;

import io.tailrace.wire.SseCase.Seen;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The examples of the WHATWG standard and its edge cases. */
final class SseCases {

    private SseCases() {}

    private static SseCase of(String name, String stream, String finalId, Seen... events) {
        return new SseCase(name, stream.getBytes(StandardCharsets.UTF_8), List.of(events), finalId);
    }

    private static Seen message(String data) {
        return new Seen("message", data, "");
    }

    static Stream<SseCase> cases() {
        return Stream.of(
                // the examples of the standard
                of(
                        "three lines of data",
                        "data: YHOO\ndata: +2\ndata: 10\n\n",
                        "",
                        message("YHOO\n+2\n10")),
                of(
                        "comments, ids and a leading space",
                        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\n"
                                + "data:  third event\n",
                        "",
                        new Seen("message", "first event", "1"),
                        new Seen("message", "second event", "")),
                of(
                        "empty data lines",
                        "data\n\ndata\ndata\n\ndata:",
                        "",
                        message(""),
                        message("\n")),
                of(
                        "space after the colon is no matter",
                        "data:test\n\ndata: test\n\n",
                        "",
                        message("test"),
                        message("test")),
                of(
                        "types",
                        "event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n",
                        "",
                        new Seen("add", "73857293", ""),
                        new Seen("remove", "2153", "")),
                // line ends
                of("CR", "data: a\rdata: b\r\rdata: c\r\r", "", message("a\nb"), message("c")),
                of(
                        "CRLF",
                        "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n",
                        "",
                        message("a\nb"),
                        message("c")),
                of(
                        "all mixed",
                        "data: a\rdata: b\r\ndata: c\n\rdata: d\n\r\n",
                        "",
                        message("a\nb\nc"),
                        message("d")),
                of(
                        "LF CR CR is three line ends",
                        "data: a\n\r\rdata: b\n\n",
                        "",
                        message("a"),
                        message("b")),
                of("a CR at the very end dispatches", "data: a\r\r", "", message("a")),
                // byte order mark
                of("BOM at the start", "\uFEFFdata: a\n\n", "", message("a")),
                of(
                        "only one BOM is removed",
                        "\uFEFF\uFEFFdata: a\n\ndata: b\n\n",
                        "",
                        message("b")),
                of(
                        "a later BOM belongs to the name",
                        "data: a\n\n\uFEFFdata: b\n\n",
                        "",
                        message("a")),
                of("nothing but a BOM", "\uFEFF", ""),
                of("a BOM before a blank line", "\uFEFF\ndata: a\n\n", "", message("a")),
                new SseCase(
                        "half a BOM is text",
                        new byte[] {(byte) 0xEF, (byte) 0xBB, '\n', '\n'},
                        List.of(),
                        ""),
                // fields
                of("a field without a colon has no value", "data\ndata: x\n\n", "", message("\nx")),
                of("only one space is removed", "data:  two\n\n", "", message(" two")),
                of("a tab stays", "data:\ta\n\n", "", message("\ta")),
                of("colons in the value", "data: a:b: c\n\n", "", message("a:b: c")),
                of(
                        "unknown fields are ignored",
                        "foo: x\ndata: a\ndat: b\ndatax: c\nbar\n\n",
                        "",
                        message("a")),
                of(
                        "names are case-sensitive",
                        "Data: x\nDATA: y\ndata: a\nID: 4\n\n",
                        "",
                        message("a")),
                of(
                        "a leading space makes another field",
                        " data: x\ndata: a\n\n",
                        "",
                        message("a")),
                of("comments", ":\n: x\n:data: y\ndata: a\n:\n\n", "", message("a")),
                of(
                        "no data, no event",
                        "event: x\nid: 7\n\ndata: a\n\n",
                        "7",
                        new Seen("message", "a", "7")),
                of("the type is reset", "event: x\n\ndata: a\n\n", "", message("a")),
                of(
                        "the last type counts",
                        "event: x\nevent: y\ndata: a\n\n",
                        "",
                        new Seen("y", "a", "")),
                of("an empty type is message", "event: x\nevent:\ndata: a\n\n", "", message("a")),
                // id
                of(
                        "the id stays",
                        "id: 1\ndata: a\n\ndata: b\n\n",
                        "1",
                        new Seen("message", "a", "1"),
                        new Seen("message", "b", "1")),
                of(
                        "an empty id resets",
                        "id: 1\ndata: a\n\nid:\ndata: b\n\n",
                        "",
                        new Seen("message", "a", "1"),
                        message("b")),
                of(
                        "an id with NUL is ignored",
                        "id: 1\n\nid: 2\0\ndata: a\n\n",
                        "1",
                        new Seen("message", "a", "1")),
                of(
                        "an id counts only when its event is complete",
                        "id: 1\ndata: a\n\nid: 2\ndata: b\n",
                        "1",
                        new Seen("message", "a", "1")),
                of(
                        "an id may be any text",
                        "id: é 漢 😀\ndata: a\n\n",
                        "é 漢 😀",
                        new Seen("message", "a", "é 漢 😀")),
                // the end
                of("unterminated event", "data: a\n\ndata: b\n", "", message("a")),
                of("unterminated line", "data: a\n\ndata: b", "", message("a")),
                of("an empty stream", "", ""),
                of("blank lines only", "\n\n\r\n\r", ""),
                // text
                of(
                        "unicode",
                        "data: é 漢字 😀 \u2028 \u0085\n\n",
                        "",
                        message("é 漢字 😀 \u2028 \u0085")),
                new SseCase(
                        "invalid UTF-8 is replaced",
                        new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xC3, (byte) 0x28, '\n', '\n'},
                        List.of(message("\uFFFD(")),
                        ""));
    }
}
