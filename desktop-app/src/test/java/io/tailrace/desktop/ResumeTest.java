package io.tailrace.desktop;

import static io.tailrace.desktop.Feeds.end;
import static io.tailrace.desktop.Feeds.pumped;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.server.Gateway;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The console is ended and started again: what it kept, what came meanwhile, and no doubles. */
@Timeout(180)
class ResumeTest {

    @TempDir Path folder;

    private final Gateway gateway = Gateways.inMemory();
    private final URI address = Gateways.address(gateway);
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> failures = new ArrayList<>();
    private boolean down;

    @AfterEach
    void stop() {
        http.close();
        if (!down) {
            gateway.close();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void nothingIsLostAndNothingDoubledOverManyStarts() throws Exception {
        for (int start = 0; start < 4; start++) {
            publish(start * 20, start * 20 + 10); // while no console is there
            Feed feed = feed("*");
            try {
                int expected = start * 20 + 10;
                pumped(feed)
                        .untilAsserted(() ->
                                assertThat(lines(feed)).containsExactlyElementsOf(upTo(expected)));
                publish(expected, expected + 10);
                pumped(feed)
                        .untilAsserted(() ->
                                assertThat(lines(feed))
                                        .containsExactlyElementsOf(upTo(expected + 10)));
                assertThat(feed.status().gaps().get()).isZero();
            } finally {
                end(feed);
            }
        }
    }

    @Test
    void worksWithoutTheGatewayFromWhatWasKept() throws Exception {
        publish(0, 10);
        Feed first = feed("*");
        pumped(first).untilAsserted(() -> assertThat(lines(first)).hasSize(10));
        end(first);
        gateway.close();
        down = true;

        Feed later = feed("*");
        pumped(later)
                .untilAsserted(() -> assertThat(lines(later)).containsExactlyElementsOf(upTo(10)));
        pumped(later).until(() -> later.status().standing().get() == Standing.WAITING);
        assertThat(later.status().restored().get()).isPositive();
        assertThat(later.status().received().get()).isZero();
        assertThat(later.status().anything().get()).isTrue();
        end(later);
    }

    @Test
    void otherChannelsThanThoseThatWereKeptBeginWithTheirNewestEntries() throws Exception {
        publish(0, 10);
        Feed first = feed("metrics:acme");
        pumped(first).until(() -> first.status().standing().get() == Standing.CONNECTED);
        metric();
        pumped(first).untilAsserted(() -> assertThat(first.status().received().get()).isEqualTo(1));
        end(first);

        Feed later = feed("logs:acme:*");
        pumped(later)
                .untilAsserted(() -> assertThat(lines(later)).containsExactlyElementsOf(upTo(10)));
        end(later);
    }

    @Test
    void afterALongAbsenceTheNewestComeAtOnceAndTheOthersWhenTheyAreWanted() throws Exception {
        publish(0, 10);
        Feed first = feed("*", 20);
        pumped(first).untilAsserted(() -> assertThat(lines(first)).hasSize(10));
        end(first);
        publish(10, 110);

        Feed later = feed("*", 20);
        pumped(later).untilAsserted(() -> assertThat(lines(later)).hasSize(30));
        assertThat(lines(later))
                .startsWith("line 0")
                .containsSubsequence("line 9", "line 90")
                .endsWith("line 108", "line 109");
        assertThat(ShownLines.notices(later.models().logs()))
                .singleElement()
                .asString()
                .contains("can be fetched");
        ChannelLedger.Missing hole = later.status().ledger().missing().getFirst();
        assertThat(hole.reason()).isEqualTo("skipped");

        Errands errands = new Errands(later, "resume1", List.of("*"), failures::add);
        errands.backFill(hole);
        errands.backFill(hole);
        assertThat(failures).last().asString().contains("being fetched already");
        pumped(later)
                .untilAsserted(() -> assertThat(lines(later)).containsExactlyElementsOf(upTo(110)));
        pumped(later).until(() -> later.status().ledger().missing().isEmpty());
        assertThat(failures).last().asString().contains("80 entries of the gap");
        failures.clear();
        publish(110, 115);
        pumped(later)
                .untilAsserted(() -> assertThat(lines(later)).containsExactlyElementsOf(upTo(115)));
        end(later);
    }

    @Test
    void aGapThatWasFilledStaysFilledAfterARestart() throws Exception {
        publish(0, 10);
        Feed first = feed("*", 20, LogsModel.keptIn(folder.resolve("lines")));
        pumped(first).untilAsserted(() -> assertThat(lines(first)).hasSize(10));
        end(first);
        publish(10, 110);
        Feed second = feed("*", 20, LogsModel.keptIn(folder.resolve("lines")));
        pumped(second).until(() -> second.status().gaps().get() == 1);
        ChannelLedger.Missing hole = second.status().ledger().missing().getFirst();
        new Errands(second, "resume1", List.of("*"), _ -> {}).backFill(hole);
        pumped(second).until(() -> second.status().gaps().get() == 0);
        assertThat(lines(second)).containsExactlyElementsOf(upTo(110));
        end(second);

        Feed later = feed("*", 20, LogsModel.keptIn(folder.resolve("lines")));
        pumped(later).until(() -> later.status().standing().get() == Standing.CONNECTED);
        publish(110, 115);
        pumped(later)
                .untilAsserted(() -> assertThat(lines(later)).containsExactlyElementsOf(upTo(115)));
        assertThat(later.status().ledger().missing()).isEmpty();
        assertThat(later.status().gaps().get()).isZero();
        end(later);
    }

    private Feed feed(String channels) {
        return feed(channels, 0);
    }

    private Feed feed(String channels, int most) {
        return feed(channels, most, new LogsModel());
    }

    private Feed feed(String channels, int most, LogsModel logs) {
        return Feeds.kept(
                Feeds.wanted(address, "resume1", channels).withMost(most),
                folder,
                10 << 20,
                failures::add,
                logs);
    }

    private static List<String> lines(Feed feed) {
        return ShownLines.of(feed.models().logs());
    }

    private static List<String> upTo(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
    }

    private void publish(int from, int to) throws Exception {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to).forEach(i -> text.append("line ").append(i).append('\n'));
        send("/api/channels/logs:acme:orders/events", "text/plain", text.toString());
    }

    private void metric() throws Exception {
        send(
                "/api/events",
                "application/json",
                "{\"kind\":\"metric\",\"channel\":\"metrics:acme\",\"name\":\"q\",\"value\":1}");
    }

    private void send(String path, String type, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isLessThan(300);
    }
}
