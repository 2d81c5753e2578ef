package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.server.eventlog.MemoryEventLog;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

class TlsIT {

    @TempDir private static Path made;
    private static TestCertificates first;
    private static TestCertificates second;

    @TempDir private Path directory;
    private Path certificate;
    private Path key;

    @BeforeAll
    static void make() throws Exception {
        first = TestCertificates.make(made, "first", "RSA");
        second = TestCertificates.make(made, "second", "EC");
    }

    @BeforeEach
    void write() throws IOException {
        certificate = directory.resolve("cert.pem");
        key = directory.resolve("key.pem");
        first.write(certificate, key);
    }

    private Gateway start() {
        String[] args = {
            "--store=memory", "--port=0", "--tls-certificate=" + certificate, "--tls-key=" + key
        };
        return Gateway.start(Settings.load(args, Map.of()), new MemoryEventLog());
    }

    /** Which certificate a new connection gets. */
    private static String shown(Gateway gateway, SSLContext client) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) client.getSocketFactory().createSocket("127.0.0.1", gateway.port())) {
            socket.startHandshake();
            return socket.getSession().getPeerPrincipal().getName();
        }
    }

    @Test
    void speaksHttpsAndSaysSo() throws Exception {
        try (Gateway gateway = start();
                HttpClient http =
                        HttpClient.newBuilder()
                                .sslContext(TestCertificates.trusting(first))
                                .build()) {
            assertThat(gateway.address().getScheme()).isEqualTo("https");
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(gateway.address().resolve("/health/live"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(response.body()).isEqualTo("alive\n");
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        }
    }

    @Test
    void takesANewCertificateWithoutDroppingStreams() throws Exception {
        SSLContext both = TestCertificates.trusting(first, second);
        HttpClient http = HttpClient.newBuilder().sslContext(both).build();
        try (Gateway gateway = start()) {
            var stream =
                    http.send(
                            HttpRequest.newBuilder(
                                            gateway.address()
                                                    .resolve(
                                                            "/api/sse/session/t?channels=logs:a:*"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            var lines =
                    new BufferedReader(
                            new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isNotNull();

            Files.writeString(certificate, second.pem()); // for a moment they do not fit
            Files.writeString(key, second.key());
            await().ignoreExceptions()
                    .until(() ->
                            shown(gateway, TestCertificates.trusting(second)).equals("CN=second"));

            http.send(
                    HttpRequest.newBuilder(
                                    gateway.address().resolve("/api/channels/logs:a:b/events"))
                            .POST(HttpRequest.BodyPublishers.ofString("still here"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            String line = lines.readLine();
            while (line != null && !line.contains("still here")) {
                line = lines.readLine();
            }
            assertThat(line).contains("still here");
        } finally {
            http.shutdownNow(); // the stream would never end by itself
        }
    }

    @Test
    void understandsOlderFormsOfKeysAndFilesWithBoth() throws Exception {
        Files.writeString(key, first.oldKey("RSA PRIVATE KEY"));
        try (Gateway gateway = start()) {
            assertThat(shown(gateway, TestCertificates.trusting(first))).isEqualTo("CN=first");
        }
        Files.writeString(certificate, second.pem());
        Files.writeString(key, second.pem() + second.key());
        try (Gateway gateway = start()) {
            assertThat(shown(gateway, TestCertificates.trusting(second))).isEqualTo("CN=second");
        }
    }

    @Test
    void saysWhichSettingIsWrong() throws Exception {
        Files.writeString(key, second.key());
        assertFails("Setting 'tls-key'", "cannot be used");
        Files.writeString(
                key,
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                        + "AAAA\n"
                        + "-----END ENCRYPTED PRIVATE KEY-----\n");
        assertFails("Setting 'tls-key'", "has a password");
        Files.writeString(key, "nonsense");
        assertFails("Setting 'tls-key'", "no PRIVATE KEY");
        Files.writeString(certificate, "nonsense");
        assertFails("Setting 'tls-certificate'", "no CERTIFICATE");
        Files.delete(certificate);
        assertFails("Setting 'tls-certificate'", "cannot be read");
    }

    private void assertFails(String... parts) {
        assertThatThrownBy(this::start)
                .isInstanceOf(SettingsException.class) // status 2
                .message()
                .contains(parts)
                .endsWith(".");
    }
}
