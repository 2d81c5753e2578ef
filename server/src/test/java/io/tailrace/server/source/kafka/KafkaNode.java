package io.tailrace.server.source.kafka;

import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** A real broker of Kafka in this process, which is its own controller. */
public final class KafkaNode implements AutoCloseable {

    // Loggers are forgotten unless somebody holds them.
    private static final Logger[] QUIET =
            Stream.of("org.apache.kafka", "kafka", "state")
                    .map(Logger::getLogger)
                    .toArray(Logger[]::new);

    private final Properties properties = new Properties();
    private final int port;
    private KafkaRaftServer server;

    /** Starts one that keeps its files there. */
    public KafkaNode(Path directory) throws IOException {
        for (Logger logger : QUIET) {
            logger.setLevel(Level.OFF);
        }
        port = freePort();
        int controller = freePort();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("log.dirs", directory.resolve("kafka").toString());
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("log.retention.check.interval.ms", "100");
        properties.put("log.initial.task.delay.ms", "100");
        properties.put("log.segment.delete.delay.ms", "100");
        Path config = directory.resolve("kafka.properties");
        try (OutputStream out = Files.newOutputStream(config)) {
            properties.store(out, null);
        }
        String[] format = {"format", "-t", Uuid.randomUuid().toString(), "-c", config.toString()};
        int failed =
                StorageTool.execute(
                        format,
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        if (failed != 0) {
            throw new IOException("The storage of Kafka cannot be formatted.");
        }
        server = started();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private KafkaRaftServer started() {
        var made = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        made.startup();
        return made;
    }

    /** Where it listens. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    void start() {
        server = started();
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
    }

    @Override
    public void close() {
        stop();
    }
}
