package io.tailrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

class EventCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    static Set<String> goldenNames() {
        return GoldenEvents.all().keySet();
    }

    static byte[] golden(String name) throws IOException {
        try (InputStream file =
                EventCodecTest.class.getResourceAsStream("golden/" + name + ".json")) {
            if (file == null) {
                throw new AssertionError("There is no golden file for " + name + ".");
            }
            byte[] text = file.readAllBytes();
            return Arrays.copyOf(text, text.length - 1); // the file ends with a line feed
        }
    }

    private static Event event(String name) {
        Event event = GoldenEvents.all().get(name);
        if (event == null) {
            throw new AssertionError(name);
        }
        return event;
    }

    @ParameterizedTest
    @MethodSource("goldenNames")
    void writesTheGoldenFile(String name) throws IOException {
        assertThat(new String(EventCodec.encode(event(name)), UTF_8))
                .isEqualTo(new String(golden(name), UTF_8));
    }

    @ParameterizedTest
    @MethodSource("goldenNames")
    void readsTheGoldenFile(String name) throws IOException {
        assertThat(EventCodec.decode(golden(name))).isEqualTo(event(name));
    }

    @Test
    void everyKindHasAGoldenFile() {
        Set<String> kinds =
                GoldenEvents.all().values().stream()
                        .map(e -> e.getClass().getSimpleName())
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = new TreeSet<>();
        for (Class<?> side : Event.class.getPermittedSubclasses()) {
            for (Class<?> kind : side.getPermittedSubclasses()) {
                all.add(kind.getSimpleName());
            }
        }
        assertThat(kinds).isEqualTo(all);
    }

    @Test
    void everyMemberThatIsWrittenHasItsNameReserved() throws IOException {
        for (Event event : GoldenEvents.all().values()) {
            for (String name : names(event)) {
                assertThat(
                                event.header().fields().containsKey(name)
                                        || !MemberNames.free(event.kind(), name, Set.of())
                                                .equals(name))
                        .as("%s of %s", name, event.kind())
                        .isTrue();
            }
        }
    }

    private static Set<String> names(Event event) {
        byte[] json = EventCodec.encode(event);
        return EventCodec.fields(EventCodec.JSON, json, 0, json.length).rest().keySet();
    }

    @Test
    void takesKindChannelAndTimeFromOutsideWhenTheObjectIsSilent() {
        byte[] line = "xx{\"message\":\"hi\"}yy".getBytes(UTF_8);
        Event event =
                EventCodec.decode(
                        line, 2, line.length - 4, "log", Channel.logs("acme", "nightly"), NOW);
        assertThat(event)
                .isEqualTo(
                        new Event.Log(
                                Header.of(
                                        Channel.logs("acme", "nightly"),
                                        NOW,
                                        new Subject("acme", "nightly", null, null, null, null)),
                                Level.INFO,
                                "hi",
                                null,
                                null));
    }

    @Test
    void theObjectsOwnWordsCountMore() {
        byte[] json = bytes("{'kind':'alert','channel':'alerts:ann','message':'m','timestamp':5}");
        Event event =
                EventCodec.decode(
                        json, 0, json.length, "log", Channel.logs("acme", "nightly"), NOW);
        assertThat(event.kind()).isEqualTo("alert");
        assertThat(event.channel().name()).isEqualTo("alerts:ann");
        assertThat(event.timestamp()).isEqualTo(Instant.ofEpochSecond(5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {'workspace':'w','workflow':'f','kind':'log','message':'m'} | log | logs:w:f
                    {'workspace':'w','workflow':'f','message':'m'} | log | logs:w:f
                    {'workspace':'w','workflow':'f','kind':'progress'} | progress | runs:w:f
                    {'workspace':'w','workflow':'f','kind':'new_kind'} | new_kind | runs:w:f
                    {'workspace':'w','kind':'metric','name':'n','value':1} | metric | metrics:w
                    {'kind':'alert','message':'m'} | alert | alerts:all
                    {'workspace':'w','workflow':'f','run':1,'kind':'command','id':1,'verb':'retry'} | command | commands:w:f
                    {'channel':'logs:w:f','message':'m'} | log | logs:w:f
                    {'channel':'metrics:w','name':'n','value':1} | metric | metrics:w
                    """)
    void worksOutKindAndChannel(String json, String kind, String channel) {
        Event event = decode(json);
        assertThat(event.kind()).isEqualTo(kind);
        assertThat(event.channel().name()).isEqualTo(channel);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "2026-11-21T10:00:00Z" | 2026-11-21T10:00:00Z
                    "2026-11-21T10:00:00.5+02:00" | 2026-11-21T08:00:00.500Z
                    "2026-11-21T10:00:00" | 2026-11-21T10:00:00Z
                    "2026-11-21 10:00:00.123456" | 2026-11-21T10:00:00.123456Z
                    "2026-11-21 10:00:00-05:00" | 2026-11-21T15:00:00Z
                    1795255200000 | 2026-11-21T10:00:00Z
                    1795255200 | 2026-11-21T10:00:00Z
                    1795255200.25 | 2026-11-21T10:00:00.250Z
                    1795255200.123456 | 2026-11-21T10:00:00.123456Z
                    1795255200123.5 | 2026-11-21T10:00:00.123500Z
                    0 | 1970-01-01T00:00:00Z
                    -1 | 1969-12-31T23:59:59Z
                    null | 2026-11-21T12:00:00Z
                    """)
    void readsTimesAsPublishersWriteThem(String timestamp, String expected) {
        byte[] json =
                ("{\"channel\":\"logs:w:f\",\"message\":\"m\",\"timestamp\":" + timestamp + "}")
                        .getBytes(UTF_8);
        assertThat(EventCodec.decode(json, 0, json.length, null, null, NOW).timestamp())
                .isEqualTo(expected);
    }

    @Test
    void numbersAndFlagsMayStandForTexts() {
        Event event = decode("{'channel':'logs:w:f','message':12.5,'run':42,'logger':true}");
        assertThat(event.subject().run()).isEqualTo("42");
        assertThat(event)
                .isInstanceOfSatisfying(
                        Event.Log.class,
                        log -> {
                            assertThat(log.message()).isEqualTo("12.5");
                            assertThat(log.logger()).isEqualTo("true");
                        });
    }

    @Test
    void keepsALevelThatNobodyKnows() {
        Event event = decode("{'channel':'logs:w:f','message':'m','level':'chatty'}");
        assertThat(((Event.Log) event).level()).isEqualTo(Level.INFO);
        assertThat(event.header().fields()).containsEntry("original_level", "chatty");
        assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
    }

    @Test
    void aFailureKeepsItsMessageBesideItsError() {
        Event event = decode("{'channel':'runs:w:f','kind':'error','error':'e','message':'m'}");
        assertThat(((Event.Failed) event).error()).isEqualTo("e");
        assertThat(event.header().fields()).containsEntry("message", "m");
        assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
        Event alone = decode("{'channel':'runs:w:f','kind':'error','message':'m'}");
        assertThat(((Event.Failed) alone).error()).isEqualTo("m");
        assertThat(alone.header().fields()).isEmpty();
    }

    @Test
    void furtherFieldsCannotPoseAsMembers() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("channel", "logs:other:f");
        fields.put("error", "posed");
        fields.put("error_", "taken");
        fields.put("rows", 5L);
        Header header = Header.of(Channel.logs("w", "f"), NOW, Subject.NONE).withFields(fields);
        Event read =
                EventCodec.decode(
                        EventCodec.encode(new Event.Log(header, Level.INFO, "m", null, null)));
        assertThat(read.channel().name()).isEqualTo("logs:w:f");
        assertThat(((Event.Log) read).error()).isNull();
        assertThat(read.header().fields())
                .containsOnly(
                        Map.entry("channel_", "logs:other:f"),
                        Map.entry("error__", "posed"),
                        Map.entry("error_", "taken"),
                        Map.entry("rows", 5L));
    }

    @Test
    void javaValuesThatJsonDoesNotHaveBecomeTexts() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("time", NOW);
        fields.put("nan", Double.NaN);
        fields.put("int", 5);
        fields.put("level", Level.WARN);
        Header header = Header.of(Channel.runs("w", "f"), NOW, Subject.NONE).withFields(fields);
        Event read = EventCodec.decode(EventCodec.encode(new Event.Other(header, "x")));
        assertThat(read.header().fields())
                .containsExactly(
                        Map.entry("time", "2026-11-21T12:00:00Z"),
                        Map.entry("nan", "NaN"),
                        Map.entry("int", 5L),
                        Map.entry("level", "WARN"));
    }

    @Test
    void passesOverAByteOrderMark() {
        assertThat(decode("\uFEFF{'channel':'logs:w:f','message':'m'}").kind()).isEqualTo("log");
    }

    @Test
    void isOneLineWhateverTheTextsHold() throws IOException {
        for (String name : goldenNames()) {
            assertThat(golden(name)).as(name).doesNotContain('\n', '\r', 0);
        }
    }

    private static Event decode(String json) {
        return EventCodec.decode(bytes(json));
    }

    private static byte[] bytes(String json) {
        return json.replace('\'', '"').getBytes(UTF_8);
    }
}
