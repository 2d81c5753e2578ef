package io.tailrace.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server in a process of its own, so that what it costs can be told from what its clients cost.
 *
 * @param name how tables call it
 * @param process the one that was started
 * @param worker the process that does the work
 * @param port where it listens
 */
record ServerProcess(String name, Process process, long worker, int port) implements AutoCloseable {

    private static final double TICKS_PER_SECOND = 100; // USER_HZ, fixed on Linux
    private static final long PAGE = 4_096;
    private static final Duration START = Duration.ofSeconds(60);

    /** The gateway, with its store on disk and fsync, started as the packages start it. */
    static ServerProcess gateway(Path folder, List<String> jvm, String... options)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx1g"));
        command.add("-XX:+UseCompactObjectHeaders");
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("io.tailrace.server.Main", "--port=" + port));
        command.add("--data=" + folder.resolve("store"));
        command.addAll(List.of(options));
        return started("tailrace", command, folder, port, false);
    }

    /** nginx with nchan: one worker, messages in memory. */
    static ServerProcess nchan(Path folder) throws IOException, InterruptedException {
        int port = freePort();
        String configuration =
                """
                load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
                user root;
                daemon off;
                worker_processes 1;
                worker_rlimit_nofile 20000;
                pid %1$s/nginx.pid;
                error_log %1$s/error.log crit;
                events { worker_connections 20000; }
                http {
                  access_log off;
                  keepalive_requests 1000000000;
                  nchan_shared_memory_size 256M;
                  server {
                    listen 127.0.0.1:%2$d backlog=4096;
                    location = /publish { nchan_publisher; nchan_channel_id fan; nchan_message_buffer_length 4096; }
                    location = /subscribe { nchan_subscriber eventsource; nchan_channel_id fan; nchan_subscriber_first_message newest; }
                  }
                }
                """
                        .formatted(folder, port);
        Path file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        List<String> command = List.of("nginx", "-c", file.toString(), "-p", folder.toString());
        return started("nchan", command, folder, port, true);
    }

    private static ServerProcess started(
            String name, List<String> command, Path folder, int port, boolean workerIsChild)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".log").toFile())
                        .start();
        long end = System.nanoTime() + START.toNanos();
        while (!listens(port) || (workerIsChild && process.children().findFirst().isEmpty())) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException(
                        name
                                + " did not start: "
                                + Files.readString(folder.resolve(name + ".log")));
            }
            var _ = process.waitFor(Duration.ofMillis(2));
        }
        long worker =
                workerIsChild ? process.children().findFirst().orElseThrow().pid() : process.pid();
        return new ServerProcess(name, process, worker, port);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Processor time it has used so far, user and system. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + worker + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Its resident memory. */
    long residentBytes() throws IOException {
        String statm = Files.readString(Path.of("/proc/" + worker + "/statm"));
        return Long.parseLong(statm.split(" ", -1)[1]) * PAGE;
    }

    /** Lets a JVM collect its garbage. */
    void collect() throws IOException, InterruptedException {
        if (name.equals("tailrace")) {
            for (int i = 0; i < 3; i++) {
                String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
                var _ =
                        new ProcessBuilder(jcmd, String.valueOf(worker), "GC.run")
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor();
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(15))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
