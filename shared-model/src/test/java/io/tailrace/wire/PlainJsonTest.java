package io.tailrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;
import java.util.Random;

class PlainJsonTest {

    private final PlainJson plain = new PlainJson();

    private @Nullable Map<String, @Nullable Object> read(byte[] json) {
        return plain.read(json, 0, json.length);
    }

    private static @Nullable Map<String, @Nullable Object> fully(byte[] json) {
        try {
            return EventCodec.fields(EventCodec.JSON, json, 0, json.length).rest();
        } catch (MalformedEventException e) {
            return null;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\t\"a\" :1 ,\r\n \"b\" : [ ] } ",
                "{\"a\":\"x\",\"a\":\"y\",\"b\":{\"a\":\"x\"},\"c\":[1,[],{\"a\":null}]}",
                "{\"text\":\"tab\\t quote\\\" slash\\/ ü 漢字 😀\",\"t\":true,\"f\":false}",
                "{\"n\":-12,\"z\":0,\"m\":-0,\"l\":123456789012345678,\"d\":1.5,\"e\":-2.5e-3}"
            })
    void readsWhatLoggersWrite(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        assertThat(read(bytes)).isNotNull().isEqualTo(fully(bytes));
        assertThat(read(bytes)).isEqualTo(fully(bytes)); // again, when its texts are known
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "[]",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{\"a\":1}{}",
                "{\"a\":01}",
                "{\"a\":1.}",
                "{\"a\":.5}",
                "{\"a\":1e}",
                "{\"a\":+1}",
                "{\"a\":-}",
                "{\"a\":tru}",
                "{\"a\":truex}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"",
                "{\"a\":[1,]}",
                "{\"a\":[,1]}",
                "{\"a\":[1 2]}",
                "{'a':1}",
                "{a:1}"
            })
    void leavesWhatIsWrongToTheFullParser(String json) {
        assertThat(read(json.getBytes(UTF_8))).isNull();
        assertThat(fully(json.getBytes(UTF_8))).isNull();
    }

    /** What it reads at all it reads as the full parser does, whatever bytes come. */
    @Test
    void neverReadsAnythingElseThanTheFullParser() {
        byte[] letters = "{}[]\":,\\tfnu019.eE-+ \n\u00e9ab\u0001".getBytes(UTF_8);
        byte[] start =
                "{\"ab\":\"a\\n\",\"b\":[1,-2.5,true,null],\"a\":{\"u\":\"é\"}}".getBytes(UTF_8);
        Random random = new Random(11);
        for (int i = 0; i < 200_000; i++) {
            byte[] json = start.clone();
            for (int changes = random.nextInt(4); changes > 0; changes--) {
                json[random.nextInt(json.length)] = letters[random.nextInt(letters.length)];
            }
            Map<String, @Nullable Object> found = read(json);
            if (found != null) {
                assertThat(found).as(new String(json, UTF_8)).isEqualTo(fully(json));
            }
        }
    }
}
