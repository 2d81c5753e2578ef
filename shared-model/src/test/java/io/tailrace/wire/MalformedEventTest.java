package io.tailrace.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Event;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whatever comes in, the only complaint is a sentence. */
class MalformedEventTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    `` | An event must be a JSON object, like {"message":"…"}.
                    [] | An event must be a JSON object, like {"message":"…"}.
                    5 | An event must be a JSON object, like {"message":"…"}.
                    null | An event must be a JSON object, like {"message":"…"}.
                    {} {} | There is more than one JSON value on this line
                    {},5 | This is not valid JSON
                    {'a' | This is not valid JSON: Unexpected end-of-input
                    {'a':NaN} | This is not valid JSON: Non-standard token "NaN"
                    {'a':-Infinity} | This is not valid JSON: Non-standard token "-Infinity"
                    {'a':01} | This is not valid JSON: Invalid numeric value
                    {'a':1e99999999999} | A number has an exponent that is out of range.
                    {'a':tru} | This is not valid JSON: Unrecognized token "tru"
                    {a:1} | This is not valid JSON
                    {'a':'\\x'} | This is not valid JSON: Unrecognized character escape
                    {'a':'\t'} | This is not valid JSON: Illegal unquoted character
                    {} | Field 'channel' is missing: name one such as "logs:my-team:my-pipeline", or give 'workspace' and 'workflow'.
                    {'channel':'runs:w:f'} | Field 'kind' is missing: name one such as "log", "metric" or "workflow_started".
                    {'channel':5,'kind':'log'} | Field 'channel': Channel '5' must start with one of
                    {'channel':'logs:w'} | Field 'channel': Channel 'logs:w' must look like logs:{workspace}:{workflow}.
                    {'channel':'bogus:w:f'} | Field 'channel': Channel 'bogus:w:f' must start with one of
                    {'channel':{},'kind':'log'} | Field 'channel' must be a text.
                    {'workspace':'a:b','workflow':'f'} | Field 'workflow': Channel 'logs:a:b:f' must look like
                    {'workspace':'a b','kind':'metric'} | Field 'workspace': Channel 'metrics:a b' may not have
                    {'channel':'logs:w:f','kind':''} | Field 'kind' must be 1 to 64 letters
                    {'channel':'logs:w:f','kind':'a b'} | Field 'kind' must be 1 to 64 letters
                    {'channel':'logs:w:f','kind':'ä'} | Field 'kind' must be 1 to 64 letters
                    {'channel':'logs:w:f','kind':[]} | Field 'kind' must be a text.
                    {'channel':'logs:w:f'} | Field 'message' is missing: an event of kind 'log' needs it.
                    {'channel':'logs:w:f','message':null} | Field 'message' is missing: an event of kind 'log' needs it.
                    {'channel':'logs:w:f','message':['a']} | Field 'message' must be a text.
                    {'channel':'logs:w:f','message':'m','workspace':'x'} | Field 'workspace' must be 'w', as in channel 'logs:w:f', or left out.
                    {'channel':'runs:w:f','kind':'progress','workflow':'x'} | Field 'workflow' must be 'f', as in channel 'runs:w:f', or left out.
                    {'channel':'logs:w:f','message':'m','timestamp':'yesterday'} | Field 'timestamp' must be a time
                    {'channel':'logs:w:f','message':'m','timestamp':true} | Field 'timestamp' must be a time
                    {'channel':'logs:w:f','message':'m','timestamp':9223372036854775807} | Field 'timestamp' must be a time
                    {'channel':'logs:w:f','message':'m','timestamp':-9223372036854775808} | Field 'timestamp' must be a time
                    {'channel':'logs:w:f','message':'m','timestamp':1e300} | Field 'timestamp' must be a time
                    {'channel':'logs:w:f','message':'m','timestamp':1e999999999} | Field 'timestamp' must be a time
                    {'channel':'logs:w:f','message':'m','timestamp':99999999999999999999} | Field 'timestamp' must be a time
                    {'channel':'logs:w:f','message':'m','timestamp':'-5000-01-01T00:00:00Z'} | Field 'timestamp' must be a time
                    {'channel':'logs:w:f','message':'m','timestamp':'2026-02-30T00:00:00Z'} | Field 'timestamp' must be a time
                    {'channel':'runs:w:f','kind':'workflow_started'} | Field 'run' is missing: an event of kind 'workflow_started' needs it.
                    {'channel':'runs:w:f','kind':'workflow_started','run':''} | Field 'run' must be a name of 1 to 256 characters on one line.
                    {'channel':'runs:w:f','kind':'workflow_started','run':'a\\nb'} | Field 'run' must be a name
                    {'channel':'runs:w:f','kind':'workflow_started','run':{}} | Field 'run' must be a text.
                    {'channel':'runs:w:f','kind':'workflow_started','run':1,'tasks':5} | Field 'tasks' must be a list.
                    {'channel':'runs:w:f','kind':'workflow_started','run':1,'tasks':['a']} | Field 'tasks' must be a list of objects.
                    {'channel':'runs:w:f','kind':'workflow_started','run':1,'tasks':[{}]} | Field 'name' is missing
                    {'channel':'runs:w:f','kind':'workflow_started','run':1,'tasks':[{'name':'a','after':[1]}]} | Field 'after' must be a list of texts.
                    {'channel':'runs:w:f','kind':'workflow_progress','run':1} | Field 'progress' is missing: an event of kind 'workflow_progress' needs it.
                    {'channel':'runs:w:f','kind':'workflow_progress','progress':5} | Field 'run' is missing
                    {'channel':'runs:w:f','kind':'progress','progress':101} | Field 'progress' must be a number from 0 to 100.
                    {'channel':'runs:w:f','kind':'progress','progress':-0.1} | Field 'progress' must be a number from 0 to 100.
                    {'channel':'runs:w:f','kind':'progress','progress':'50'} | Field 'progress' must be a finite number.
                    {'channel':'runs:w:f','kind':'progress','progress':1e999} | Field 'progress' must be a finite number.
                    {'channel':'runs:w:f','kind':'progress','rows':1.5} | Field 'rows' must be a whole number.
                    {'channel':'runs:w:f','kind':'progress','rows':-1} | Field 'rows' must be a whole number from 0.
                    {'channel':'runs:w:f','kind':'progress','rows':99999999999999999999} | Field 'rows' must be a whole number.
                    {'channel':'runs:w:f','kind':'progress','rows':1e999999999} | Field 'rows' must be a whole number.
                    {'channel':'runs:w:f','kind':'progress','attempt':0} | Field 'attempt' must be a whole number from 1 to 1000000.
                    {'channel':'runs:w:f','kind':'progress','attempt':'first'} | Field 'attempt' must be a whole number.
                    {'channel':'runs:w:f','kind':'error'} | Field 'error' is missing: an event of kind 'error' needs it.
                    {'channel':'runs:w:f','kind':'error','error':'e','will_retry':'yes'} | Field 'will_retry' must be true or false.
                    {'channel':'runs:w:f','kind':'workflow_complete','run':1,'state':'running'} | Field 'state' must be succeeded, failed or cancelled.
                    {'channel':'runs:w:f','kind':'educational'} | Field 'educational_content' is missing
                    {'channel':'metrics:w','value':1} | Field 'name' is missing: an event of kind 'metric' needs it.
                    {'channel':'metrics:w','name':'n'} | Field 'value' is missing: an event of kind 'metric' needs it.
                    {'channel':'metrics:w','name':'n','value':'NaN'} | Field 'value' must be a finite number.
                    {'channel':'metrics:w','name':'n','value':1e400} | Field 'value' must be a finite number.
                    {'channel':'alerts:all','kind':'alert','message':'m','about':'x'} | Field 'about': 'x' is not a cursor. Send back the id of an event exactly as it was received.
                    {'channel':'alerts:all','kind':'alert','message':'m','about':'e1--5'} | Field 'about': 'e1--5' is not a cursor.
                    {'channel':'commands:w:f','kind':'command','id':1,'run':1,'verb':'explode'} | Field 'verb' must be cancel, pause, resume or retry.
                    {'channel':'commands:w:f','kind':'command','id':1,'verb':'retry'} | Field 'run' is missing
                    {'kind':'chat_question','workspace':'w','workflow':'f'} | Field 'channel' is missing
                    {'channel':'session:s','kind':'chat_question'} | Field 'conversation' is missing
                    {'channel':'session:s','kind':'chat_response','conversation':1,'question':1,'message':1,'part':0} | Field 'part' must be a whole number from 1
                    {'channel':'session:s','kind':'chat_response','conversation':1,'question':1,'message':1,'part':5000000000} | Field 'part' must be a whole number from 1
                    {'channel':'session:s','kind':'chat_response','conversation':1,'question':1,'message':1,'citations':[{'channel':'x','cursor':'e1-1'}]} | Field 'channel': Channel 'x' must start
                    {'channel':'session:s','kind':'heartbeat'} | Field 'cursor' is missing: an event of kind 'heartbeat' needs it.
                    {'channel':'session:s','kind':'session_init','session':'s','cursor':'e1'} | Field 'cursor': 'e1' is not a cursor.
                    {'channel':'session:s','kind':'session_init','session':'s','cursor':'e1-1','heartbeat':-5} | Field 'heartbeat' must be a whole number from 0.
                    {'channel':'session:s','kind':'snapshot','cursor':'e1-1','runs':{}} | Field 'runs' must be a list.
                    {'channel':'session:s','kind':'snapshot','cursor':'e1-1','runs':[{}]} | Field 'workspace' is missing
                    {'channel':'session:s','kind':'snapshot','cursor':'e1-1','runs':[{'workspace':1,'workflow':1,'run':1,'status':'odd'}]} | Field 'status' of a run cannot be read.
                    {'channel':'session:s','kind':'snapshot','cursor':'e1-1','runs':[{'workspace':1,'workflow':1,'run':1,'status':'running'}]} | Field 'reported_by' of a run cannot be read.
                    """)
    void saysWhatIsWrong(String json, String reason) {
        String text = json.replace('\'', '"');
        String expected =
                reason.replace("token \"", "token '").replaceAll("(token '[^\"]*)\"", "$1'");
        assertThatThrownBy(() -> EventCodec.decode(text.getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageStartingWith(expected)
                .hasMessageEndingWith(".")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "Source", "`"));
    }

    @Test
    void invalidUtf8IsNotJson() {
        byte[] json = "{\"channel\":\"logs:w:f\",\"message\":\"x?\"}".getBytes(UTF_8);
        for (int bad : new int[] {0x80, 0xC0, 0xE4, 0xF5, 0xFF}) {
            byte[] broken = json.clone();
            broken[broken.length - 3] = (byte) bad;
            assertThatThrownBy(() -> EventCodec.decode(broken))
                    .isInstanceOf(MalformedEventException.class)
                    .hasMessageStartingWith("This is not valid JSON: Invalid UTF-8");
        }
    }

    @Test
    void otherEncodingsAreNotGuessed() {
        String json = "{\"channel\":\"logs:w:f\",\"message\":\"x\"}";
        for (String charset : List.of("UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32")) {
            byte[] other = json.getBytes(Charset.forName(charset));
            assertThatThrownBy(() -> EventCodec.decode(other))
                    .as(charset)
                    .isInstanceOf(MalformedEventException.class);
        }
    }

    @Test
    void limitsDepthAndNames() {
        String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThatThrownBy(() -> EventCodec.decode(deep.getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("nesting depth")
                .hasMessageContaining("64")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("Constraints"));
        String wide = "{\"" + "n".repeat(60_000) + "\":1}";
        assertThatThrownBy(() -> EventCodec.decode(wide.getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class)
                .hasMessageContaining("1000");
        String digits = "{\"n\":" + "9".repeat(100_000) + "}";
        assertThatThrownBy(() -> EventCodec.decode(digits.getBytes(UTF_8)))
                .isInstanceOf(MalformedEventException.class);
        String run = "{\"channel\":\"runs:w:f\",\"kind\":\"progress\",\"run\":\"" + "r".repeat(257);
        assertThatThrownBy(() -> EventCodec.decode((run + "\"}").getBytes(UTF_8)))
                .hasMessage("Field 'run' must be a name of 1 to 256 characters on one line.");
    }

    @Test
    void randomBytesAreOnlyEverMalformed() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[0] = '{';
            }
            readOrRefuse(bytes);
        }
    }

    @Test
    void mutatedEventsAreReadOrMalformedAndReadAgainTheSame() throws IOException {
        Random random = new Random(8);
        List<byte[]> seeds = new ArrayList<>();
        for (String name : EventCodecTest.goldenNames()) {
            seeds.add(EventCodecTest.golden(name));
        }
        int read = 0;
        for (int i = 0; i < 15_000; i++) {
            byte[] mutated = mutated(seeds.get(i % seeds.size()), random);
            read += readOrRefuse(mutated) ? 1 : 0;
        }
        assertThat(read).isGreaterThan(500);
    }

    private static byte[] mutated(byte[] seed, Random random) {
        String[] tokens = {
            "null",
            "true",
            "-1",
            "1e309",
            "0.1",
            "[]",
            "{}",
            "\"\"",
            "\"x\"",
            ",",
            ":",
            "\\u0000",
            "\\ud800",
            "99999999999999999999",
            "1e-999999999"
        };
        String text = new String(seed, ISO_8859_1);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(8));
            String put =
                    switch (random.nextInt(3)) {
                        case 0 -> "";
                        case 1 -> tokens[random.nextInt(tokens.length)];
                        default -> String.valueOf((char) random.nextInt(256));
                    };
            text = text.substring(0, from) + put + text.substring(to);
            if (text.isEmpty()) {
                return new byte[0];
            }
        }
        return text.getBytes(ISO_8859_1);
    }

    private static boolean readOrRefuse(byte[] bytes) {
        Event event;
        try {
            event = EventCodec.decode(bytes);
        } catch (MalformedEventException e) {
            assertThat(e.getMessage()).endsWith(".").doesNotContain("\n");
            return false;
        }
        assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
        return true;
    }
}
