package io.tailrace.server.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An nginx in a process of its own, in front of one port of each of two gateways. */
final class Nginx implements AutoCloseable {

    /** Names the nginx to use. */
    static final String PROPERTY = "tailrace.nginx";

    private static final String MAIN =
            """
            daemon off;
            worker_processes 1;
            worker_shutdown_timeout 1s;
            user root;
            pid FOLDER/nginx.pid;
            error_log FOLDER/error.log;
            events {}
            http {
                access_log off;
                client_body_temp_path FOLDER/body;
                proxy_temp_path FOLDER/proxy;
                fastcgi_temp_path FOLDER/fastcgi;
                uwsgi_temp_path FOLDER/uwsgi;
                scgi_temp_path FOLDER/scgi;
                include FOLDER/tailrace.conf;
                include FOLDER/more*.conf;
            }
            """;

    private final Path folder;
    private final int port;
    private final Process process;

    private Nginx(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.process = command().start();
    }

    /**
     * Starts it with the installers' configuration.
     *
     * @param gateways the ports of two gateways; may be the same
     */
    static Nginx start(Path folder, int... gateways) throws IOException {
        int port = freePort();
        String example = Files.readString(Path.of("..", "installers", "nginx", "tailrace.conf"));
        String changed =
                example.replace("listen 80;", "listen 127.0.0.1:" + port + ";")
                        .replace("127.0.0.1:8787", "127.0.0.1:" + gateways[0])
                        .replace("127.0.0.1:8788", "127.0.0.1:" + gateways[1]);
        if (gateways[0] == gateways[1]) {
            changed = changed.replaceFirst("(?m)^ +server 127.0.0.1.*\\n", "");
        }
        Files.writeString(folder.resolve("tailrace.conf"), changed);
        Files.writeString(folder.resolve("nginx.conf"), MAIN.replace("FOLDER", folder.toString()));
        Nginx nginx = new Nginx(folder, port);
        nginx.awaitPort(port);
        return nginx;
    }

    /** Where clients connect. */
    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Adds servers to the configuration, or replaces those that were added. */
    void more(String configuration) throws IOException {
        Files.writeString(folder.resolve("more.conf"), configuration);
    }

    /** Reads the configuration anew; connections of the former one are cut after a second. */
    void reload() throws IOException, InterruptedException {
        Process signal = command("-s", "reload").start();
        if (signal.waitFor() != 0) {
            throw new AssertionError("nginx does not take its configuration:\n" + log());
        }
    }

    /** Waits until something listens. */
    void awaitPort(int wanted) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!listens(wanted)) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new AssertionError("nginx does not listen:\n" + log());
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder command(String... more) {
        ProcessBuilder command =
                new ProcessBuilder(
                        System.getProperty(PROPERTY, "nginx"),
                        "-c",
                        folder.resolve("nginx.conf").toString());
        command.command().addAll(List.of(more));
        return command.redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("output.log").toFile()));
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String log() {
        StringBuilder text = new StringBuilder();
        for (String name : new String[] {"output.log", "error.log"}) {
            try {
                text.append(Files.readString(folder.resolve(name)));
            } catch (IOException e) {
                text.append("(no ").append(name).append(")\n");
            }
        }
        return text.toString();
    }
}
