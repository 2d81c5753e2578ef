package io.tailrace.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.client.ChannelChange;
import io.tailrace.client.ChannelStart;
import io.tailrace.client.ConnectionState;
import io.tailrace.client.Pacer;
import io.tailrace.client.Reply;
import io.tailrace.client.RootConnection;
import io.tailrace.client.RootConnectionSettings;
import io.tailrace.client.StreamItem;
import io.tailrace.client.Timing;
import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.publisher.Publisher;
import io.tailrace.server.Gateway;
import io.tailrace.server.settings.Settings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

@Timeout(180)
class NginxProof {

    private static final Channel LOGS = Channel.logs("acme", "nightly");

    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<ConnectionState> states = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final int port = Nginx.freePort();

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : toClose.reversed()) {
            closeable.close();
        }
        http.shutdownNow();
    }

    @Test
    void eachEventArrivesByItself() throws Exception {
        gateway(port, "a");
        Nginx nginx = nginx(port, port);
        connect(nginx.uri());
        Publisher publisher = publisher(nginx.uri());
        for (int i = 0; i < 20; i++) {
            publish(publisher, i);
            awaitExactly(i + 1, 2);
        }
        assertThat(received).isEqualTo(numbers(20));
        assertThat(states).noneMatch(s -> s instanceof ConnectionState.Polling);
    }

    @Test
    void resumesOverAReloadAndARestartOfTheGateway() throws Exception {
        Gateway gateway = gateway(port, "a");
        Nginx nginx = nginx(port, port);
        connect(nginx.uri());
        Publisher publisher = publisher(nginx.uri());
        IntStream.range(0, 100).forEach(i -> publish(publisher, i));
        awaitReceived(100);
        nginx.reload();
        IntStream.range(100, 200).forEach(i -> publish(publisher, i));
        awaitReceived(200);
        await().until(() -> connections() >= 2); // the reload has cut the stream
        gateway.close();
        IntStream.range(200, 300).forEach(i -> publish(publisher, i));
        gateway(port, "a");
        awaitReceived(300);
        assertThat(received).isEqualTo(numbers(300));
    }

    @Test
    void aReaderAlwaysComesToTheSameGateway() throws Exception {
        Nginx nginx = twoGateways();
        Set<String> all = new HashSet<>();
        for (int reader = 0; reader < 20; reader++) {
            Set<String> met = new HashSet<>();
            for (int i = 0; i < 5; i++) {
                met.add(epoch(nginx.uri(), "reader" + reader));
            }
            assertThat(met).hasSize(1);
            all.addAll(met);
        }
        assertThat(all).hasSize(2);
    }

    @Test
    void theCookieLeadsWhereTheSessionsStreamIs() throws Exception {
        Nginx nginx = twoGateways();
        for (int i = 0; i < 10; i++) {
            HttpRequest stream =
                    HttpRequest.newBuilder(
                                    nginx.uri().resolve("/api/sse/session/s" + i + "?channels=*"))
                            .build();
            var response = http.send(stream, HttpResponse.BodyHandlers.ofInputStream());
            String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).startsWith("tailrace=s" + i + ";");
            String init = new String(response.body().readNBytes(200), UTF_8);
            response.body().close();
            assertThat(init).contains("\"cursor\":\"" + epoch(nginx.uri(), "s" + i) + "-");
        }
    }

    @Test
    void channelsChangeThroughNginx() throws Exception {
        Nginx nginx = twoGateways();
        List<ChannelPattern> logs = List.of(ChannelPattern.parse(LOGS.name()));
        RootConnection connection =
                connect(RootConnectionSettings.of(nginx.uri(), "changing", logs));
        assertThat(
                        connection.changeChannels(
                                List.of(logs.getFirst(), ChannelPattern.parse("runs:acme:*")),
                                new ChannelStart.Newest(5)))
                .isEqualTo(new Reply.Ok<>(ChannelChange.LIVE));
        await().until(() -> told.contains("channels_changed"));
    }

    @Test
    void aProxyThatBuffersIsBypassedAndTheStreamComesBack() throws Exception {
        gateway(port, "a");
        Nginx nginx = nginx(port, port);
        int outer = Nginx.freePort();
        nginx.more(outer(outer, nginx.uri(), "")); // as nginx is without further configuration
        nginx.reload();
        nginx.awaitPort(outer);
        URI slow = URI.create("http://127.0.0.1:" + outer);
        Publisher publisher = publisher(nginx.uri());
        List<ChannelPattern> logs = List.of(ChannelPattern.parse(LOGS.name()));
        connect(RootConnectionSettings.of(slow, "walk", logs).withTail(10_000).withTiming(hasty()));
        int count = 0;
        for (; count < 50 || !polls(); count++) {
            publish(publisher, count);
            awaitExactly(count + 1, 10);
        }
        nginx.more(
                outer(
                        outer,
                        nginx.uri(),
                        "proxy_http_version 1.1; proxy_set_header Connection \"\";"
                                + " proxy_buffering off;"));
        nginx.reload();
        for (int i = 0; i < 50 || connections() == 0; i++, count++) {
            publish(publisher, count);
            awaitExactly(count + 1, 20);
        }
        assertThat(received).isEqualTo(numbers(count));
        assertThat(states)
                .filteredOn(s -> s instanceof ConnectionState.Polling)
                .first()
                .extracting(s -> ((ConnectionState.Polling) s).reason())
                .isEqualTo("polling: the stream arrives late: a proxy buffers it");
    }

    private boolean polls() {
        return states.stream().anyMatch(s -> s instanceof ConnectionState.Polling);
    }

    private static String outer(int port, URI inner, String how) {
        return "server { listen 127.0.0.1:%d; location / { proxy_pass %s; %s } }"
                .formatted(port, inner, how);
    }

    /** Ten times as fast as life. */
    private static Timing hasty() {
        Timing usual = Timing.standard();
        Pacer pacer =
                new Pacer() {
                    @Override
                    public Instant now() {
                        return Instant.now();
                    }

                    @Override
                    public long nanos() {
                        return System.nanoTime() * 10;
                    }

                    @Override
                    public void pause(Duration time) throws InterruptedException {
                        Pacer.system().pause(time.dividedBy(10));
                    }
                };
        return new Timing(
                usual.backoff(),
                usual.connect(),
                usual.answer(),
                usual.first(),
                usual.silence(),
                pacer,
                usual.random());
    }

    private String epoch(URI nginx, String cookie) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(nginx.resolve("/api/runs"))
                        .header("Cookie", "tailrace=" + cookie)
                        .build();
        String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return body.replaceAll("(?s).*\"cursor\":\"([^-]+)-.*", "$1");
    }

    private Gateway gateway(int at, String name) {
        String[] settings = {"--port=" + at, "--data=" + folder.resolve(name)};
        Gateway gateway = Gateway.start(Settings.load(settings, Map.of()));
        toClose.add(gateway);
        return gateway;
    }

    private Nginx twoGateways() throws IOException {
        int other = Nginx.freePort();
        gateway(port, "a");
        gateway(other, "b");
        return nginx(port, other);
    }

    private Nginx nginx(int... gateways) throws IOException {
        Nginx nginx = Nginx.start(folder, gateways);
        toClose.add(nginx);
        return nginx;
    }

    private void connect(URI nginx) {
        List<ChannelPattern> logs = List.of(ChannelPattern.parse(LOGS.name()));
        connect(RootConnectionSettings.of(nginx, "walk", logs).withTail(10_000));
    }

    private RootConnection connect(RootConnectionSettings settings) {
        RootConnection connection = new RootConnection(settings, this::take);
        toClose.add(connection);
        connection.start();
        await().until(() -> connections() == 1 || polls());
        return connection;
    }

    private void take(StreamItem item) {
        if (item instanceof StreamItem.Received(var entry, _)
                && entry.event() instanceof Event.Log log) {
            received.add(log.message());
        } else if (item instanceof StreamItem.Told(var control, _)) {
            told.add(control.kind());
        } else if (item instanceof StreamItem.Changed(var state)) {
            states.add(state);
        }
    }

    private long connections() {
        return states.stream().filter(s -> s instanceof ConnectionState.Connected).count();
    }

    private void awaitExactly(int count, int seconds) {
        await().atMost(Duration.ofSeconds(seconds)).until(() -> received.size() == count);
    }

    private void awaitReceived(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> received.size() >= count);
    }

    private Publisher publisher(URI nginx) {
        Publisher publisher = Publisher.to(nginx.toString());
        toClose.add(publisher);
        return publisher;
    }

    private static void publish(Publisher publisher, int number) {
        Header header = Header.of(LOGS, Instant.now(), Subject.NONE);
        publisher.publish(new Event.Log(header, Level.INFO, "line " + number, null, null));
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
    }
}
