package io.tailrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;

import io.tailrace.client.Access;
import io.tailrace.client.ConnectionState;
import io.tailrace.client.GatewayClient;
import io.tailrace.client.Reply;
import io.tailrace.client.RootConnection;
import io.tailrace.client.RootConnectionSettings;
import io.tailrace.client.StreamItem;
import io.tailrace.client.TokenSource;
import io.tailrace.model.ChannelPattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** All three ways to a gateway, encrypted, with a certificate that nobody else knows. */
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir private static Path folder;

    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private HttpsServer server;
    private URI gateway;
    private Access access;

    TlsTest() throws Exception {
        Path keys = folder.resolve("keys.p12");
        Path pem = folder.resolve("ca.pem");
        if (!Files.exists(pem)) {
            keytool(
                    "-genkeypair -alias g -keyalg EC -dname CN=localhost -validity 2"
                            + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -keystore "
                            + keys);
            keytool("-exportcert -rfc -alias g -keystore " + keys + " -file " + pem);
        }
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        gateway = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
        access = Access.open().withToken(TokenSource.of("secret")).withCertificates(pem);
    }

    @BeforeEach
    void start() {
        server.createContext("/api/runs", x -> answer(x, "{\"cursor\":\"e-1\",\"runs\":[]}"));
        server.createContext("/api/events", x -> answer(x, "{\"accepted\":1,\"cursor\":\"e-1\"}"));
        server.createContext(
                "/api/sse/",
                x -> {
                    x.getResponseHeaders().add("Content-Type", "text/event-stream");
                    answer(
                            x,
                            "data:"
                                + " {\"kind\":\"heartbeat\",\"channel\":\"session:s\",\"cursor\":\"e-1\"}\n\n");
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void allThreeBelieveTheCertificateTheyWereGiven() {
        try (GatewayClient client = new GatewayClient(gateway, access)) {
            assertThat(client.runs()).isInstanceOf(Reply.Ok.class);
        }
        try (Publisher publisher =
                new Publisher(PublisherSettings.of(gateway).withAccess(access))) {
            publisher.publish(Lines.log("hello"));
            assertThat(publisher.flush(Duration.ofMinutes(1))).isTrue();
        }
        assertThat(states(access)).anyMatch(s -> s instanceof ConnectionState.Connected);
        assertThat(tokens).hasSizeGreaterThanOrEqualTo(3).containsOnly("Bearer secret");
    }

    @Test
    void aCertificateThatNobodyKnowsIsSaidAndNothingIsSent() {
        Access stranger = Access.open().withToken(TokenSource.of("secret"));
        try (GatewayClient client = new GatewayClient(gateway, stranger)) {
            assertThat(client.runs())
                    .isInstanceOfSatisfying(
                            Reply.Unreachable.class,
                            reply ->
                                    assertThat(reply.reason())
                                            .contains("the secure connection failed"));
        }
        assertThat(states(stranger))
                .anyMatch(s ->
                        s instanceof ConnectionState.Waiting waiting
                                && waiting.reason().contains("the secure connection failed"));
        assertThat(tokens).isEmpty();
    }

    /** The states up to the first that is no try. */
    private List<ConnectionState> states(Access as) {
        List<ConnectionState> states = new CopyOnWriteArrayList<>();
        RootConnectionSettings settings =
                RootConnectionSettings.of(gateway, "s", List.of(ChannelPattern.parse("*")))
                        .withAccess(as);
        try (RootConnection connection =
                new RootConnection(
                        settings,
                        item -> {
                            if (item instanceof StreamItem.Changed(var state)) {
                                states.add(state);
                            }
                        })) {
            connection.start();
            await().until(() -> states.size() >= 2);
        }
        return states;
    }

    private void answer(HttpExchange exchange, String body) throws IOException {
        tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static SSLContext context(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String arguments) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
