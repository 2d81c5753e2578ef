package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Running out of open files must never end the listener. */
@EnabledOnOs(OS.LINUX)
class DescriptorsIT {

    private static final int FILES = 300;

    @TempDir private Path folder;

    @Test
    void refusesConnectionsItHasNoFilesForAndGoesOnWhenOthersLeave() throws Exception {
        int port = freePort();
        Process gateway = start(port);
        List<Socket> held = new ArrayList<>();
        try {
            await().until(() -> lives(port));
            int refused = 0;
            for (int i = 0; i < 2 * FILES; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                held.add(socket);
            }
            await().until(() -> !lives(port));
            for (Socket socket : held) {
                refused += isRefused(socket) ? 1 : 0;
            }
            assertThat(refused).isGreaterThan(FILES);

            for (Socket socket : held) {
                socket.close();
            }
            await().until(() -> lives(port));
            assertThat(gateway.isAlive()).isTrue();
            assertThat(Files.readString(folder.resolve("log")))
                    .doesNotContain("Too many open files", "\tat ", "SLF4J");
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
            gateway.destroyForcibly().waitFor();
        }
    }

    private Process start(int port) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "ulimit -n " + FILES + "; exec \"$@\"",
                        "sh",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:-MaxFDLimit",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.tailrace.server.Main",
                        "--port=" + port,
                        "--self-check=0s",
                        "--data=" + folder.resolve("data"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private static boolean lives(int port) {
        try (RawClient client = new RawClient(port)) {
            client.send("GET /health/live HTTP/1.1", "Host: localhost", "Connection: close", "");
            return client.readToEnd().endsWith("alive\n");
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isRefused(Socket socket) throws IOException {
        socket.setSoTimeout(20);
        byte[] answer = new byte[64];
        try {
            InputStream in = socket.getInputStream();
            int count = in.read(answer);
            return count < 0
                    || new String(answer, 0, count, StandardCharsets.US_ASCII)
                            .startsWith("HTTP/1.1 503 ");
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
