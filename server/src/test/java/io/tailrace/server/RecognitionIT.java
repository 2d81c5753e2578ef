package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Event;
import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.List;

class RecognitionIT {

    private static final String LINES = "/api/channels/logs:a:b/events";

    private final TestGateway gateway = new TestGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"@timestamp":"2026-11-21T10:00:00.123Z","@version":"1","message":"x","logger_name":"a.B","thread_name":"main","level":"ERROR","stack_trace":"E: x\\n"} | logstash encoder | a.B  | E: x
                    {"timestamp":1795255200123,"level":"ERROR","threadName":"main","loggerName":"a.B","message":"x"}                                                   | logback's own    | a.B  |
                    {"@timestamp":"2026-11-21T10:00:00.123Z","log.level":"ERROR","message":"x","log.logger":"a.B","error.stack_trace":"E: x"}                          | elastic          | a.B  | E: x
                    {"instant":{"epochSecond":1795255200,"nanoOfSecond":123000000},"level":"FATAL","loggerName":"a.B","message":"x","thrown":{"extendedStackTrace":"E: x"}} | log4j        | a.B  | E: x
                    {"event":"x","level":"error","timestamp":"2026-11-21T10:00:00.123Z","logger":"a.B","exc_info":"E: x"}                                              | structlog        | a.B  | E: x
                    {"asctime":"2026-11-21 10:00:00,123","levelname":"ERROR","name":"a.B","message":"x"}                                                               | python, no zone  | -    |
                    {"level":50,"time":1795255200123,"pid":1,"hostname":"h","name":"a.B","msg":"x","err":{"type":"E","stack":"E: x"}}                                  | pino             | a.B  | E: x
                    {"name":"a.B","hostname":"h","pid":1,"level":60,"msg":"x","time":"2026-11-21T10:00:00.123Z","v":0}                                                  | bunyan           | a.B  |
                    {"@t":"2026-11-21T10:00:00.1230000Z","@mt":"{What}","@l":"Error","What":"x","@x":"E: x","SourceContext":"a.B"}                                      | serilog          | a.B  | E: x
                    {"level":"error","ts":1795255200.123,"logger":"a.B","caller":"a.go:1","msg":"x","stacktrace":"E: x"}                                               | zap              | a.B  | E: x
                    {"version":"1.1","host":"h","short_message":"x","timestamp":1795255200.123,"level":3,"full_message":"E: x"}                                         | gelf             | -    | E: x
                    ts=2026-11-21T10:00:00.123Z level=error msg=x logger=a.B                                                                                            | logfmt           | a.B  |
                    """)
    void knowsWhatCommonLoggersWrite(String line, String logger, String name, String error)
            throws Exception {
        for (String[] type : List.of(new String[0], new String[] {"Content-Type", "text/plain"})) {
            gateway.post(LINES + "?zone=UTC", line, type);
        }
        if (line.startsWith("{")) {
            gateway.post(LINES + "?zone=UTC", line, "Content-Type", "application/x-ndjson");
        }
        assertThat(gateway.events("logs:a:b"))
                .as(logger)
                .hasSize(line.startsWith("{") ? 3 : 2)
                .allSatisfy(event -> {
                    Event.Log log = (Event.Log) event;
                    assertThat(log.message()).isEqualTo("x");
                    assertThat(log.level()).isEqualTo(Level.ERROR);
                    assertThat(log.timestamp()).hasToString("2026-11-21T10:00:00.123Z");
                    assertThat(log.error()).isEqualTo(error);
                    if (!name.equals("-")) {
                        assertThat(log.logger()).isEqualTo(name);
                    }
                });
    }

    @Test
    void leavesOurOwnEventsAndUncertainObjectsAsTheyAre() throws Exception {
        String body =
                """
                {"message":"ours","time":12,"name":"n","severity":[1]}
                {"event":"no time, no level"}
                {"level":"info","ts":1}
                {"broken":
                """;
        gateway.post(LINES, body);

        List<Event> events = gateway.events("logs:a:b");
        assertThat(events)
                .extracting(e -> ((Event.Log) e).message())
                .containsExactly(
                        "ours",
                        "{\"event\":\"no time, no level\"}",
                        "{\"level\":\"info\",\"ts\":1}",
                        "{\"broken\":");
        assertThat(events.getFirst().header().fields())
                .containsEntry("time", 12L)
                .containsEntry("severity", List.of(1L));
    }

    @Test
    void canBeSwitchedOff() throws Exception {
        gateway.post(LINES + "?parse=off", "ERROR: x\n\tat a.B.c(B.java:1)\nlevel=info msg=x");

        assertThat(gateway.events("logs:a:b")).hasSize(3);
        assertThat(gateway.post(LINES + "?parse=maybe", "x").statusCode()).isEqualTo(400);
        assertThat(gateway.post(LINES + "?zone=Mars", "x").statusCode()).isEqualTo(400);
    }

    @Test
    void joinsTracesOfALivePipeWithoutHoldingLinesBackForLong() throws Exception {
        try (TestStream stream = gateway.stream("channels=logs:*");
                RawClient pipe = new RawClient(gateway.port())) {
            stream.next("session_init");
            pipe.put(LINES);
            pipe.chunk("plain\nERROR: it broke\n");
            pipe.chunk("java.lang.Error: no\n\tat a.B.c(B");
            assertThat(stream.messages(1)).containsExactly("plain");
            pipe.chunk(".java:1)\n");
            // Nothing follows: the error comes by itself, with what belongs to it.
            var event = stream.entries(1).getFirst();
            assertThat(TestStream.message(event)).isEqualTo("ERROR: it broke");
            assertThat(event.text()).contains("java.lang.Error: no\\n\\tat a.B.c(B.java:1)");
            pipe.chunk("WARN: the last\n").send("0", "");

            assertThat(stream.messages(1)).containsExactly("WARN: the last");
            assertThat(pipe.readUntil("\"cursor\"")).contains("{\"accepted\":3,");
        }
    }

    @Test
    void keepsAHeldLineWhenThePipeBreaks() throws Exception {
        try (TestStream stream = gateway.stream("channels=logs:*")) {
            stream.next("session_init");
            try (RawClient pipe = new RawClient(gateway.port())) {
                pipe.put(LINES);
                pipe.chunk("ERROR: the last words\n");
            }
            assertThat(stream.messages(1)).containsExactly("ERROR: the last words");
        }
    }

    @Test
    void joinedLinesAreOneEventInTheReply() throws Exception {
        HttpResponse<String> response =
                gateway.post(LINES, "ERROR: x\njava.lang.Error\n\tat a.B.c(B.java:1)\nnext\n");
        assertThat(response.body()).startsWith("{\"accepted\":2,\"rejected\":[],");
    }
}
