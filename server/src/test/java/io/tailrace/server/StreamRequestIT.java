package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

class StreamRequestIT {

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    s?tail=1                        | Parameter 'channels' is missing
                    s?channels=                   | Parameter 'channels' is missing
                    s?channels=nonsense           | must start with one of
                    s?channels=bogus:*            | must begin with one of [alerts, commands
                    s?channels=logs:a:b,lag*:a    | Pattern 'lag*:a' names no kind of channel
                    s?channels=logs:a:b&tail=-1   | Parameter 'tail' must be a whole number
                    s?channels=logs:a:b&tail=1e3  | Parameter 'tail' must be a whole number
                    s?channels=logs:a:b&after=12  | '12' is not a cursor
                    s?channels=logs:a:b&snapshot=maybe | Parameter 'snapshot' must be true or false
                    a%20b?channels=logs:a:b       | A session id has 1 to 64
                    """)
    void saysWhatIsWrongInASentence(String path, String sentence) throws Exception {
        HttpResponse<String> response = gateway.get("/api/sse/session/" + path);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type"))
                .contains("application/problem+json");
        assertThat(response.body()).contains(sentence);
    }

    @Test
    void refusesTheFourthStreamOfASessionWhileTheOthersAreAlive() throws Exception {
        List<TestStream> streams = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            streams.add(gateway.stream("channels=logs:a:b"));
        }
        HttpResponse<String> fourth = gateway.get("/api/sse/session/test?channels=logs:a:b");
        assertThat(fourth.statusCode()).isEqualTo(429);
        assertThat(fourth.body()).contains("has 3 streams open already");
        assertThat(gateway.get("/api/sessions").body()).contains("\"session\":\"test\"");

        streams.forEach(TestStream::close);
        try (TestStream next = gateway.stream("channels=logs:a:b")) {
            assertThat(next.next().type()).isEqualTo("session_init");
        }
    }
}
