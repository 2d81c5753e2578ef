package io.tailrace.server.source.kafka;

import io.tailrace.server.settings.KafkaSourceSettings;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.Source;
import io.tailrace.server.source.SourcePart;
import io.tailrace.server.source.message.MessageDialects;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Reads topics of Kafka, each message once.
 *
 * <p>{@link #run} is used by one thread at a time.
 */
public final class KafkaSource implements Source {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final KafkaSourceSettings settings;
    private final MessageDialects dialects;
    private final KafkaClients clients;
    private final Duration look;

    // Written by the source's thread.
    private volatile List<SourcePart> parts = List.of();

    /** Ready to run. */
    public KafkaSource(KafkaSourceSettings settings, MessageDialects dialects) {
        this(settings, dialects, LOOK);
    }

    /**
     * Ready to run.
     *
     * @param look how often new partitions are looked for
     */
    KafkaSource(KafkaSourceSettings settings, MessageDialects dialects, Duration look) {
        this.settings = settings;
        this.dialects = dialects;
        this.clients = new KafkaClients(settings);
        this.look = look;
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String type() {
        return "kafka";
    }

    @Override
    public List<SourcePart> parts() {
        return parts;
    }

    @Override
    public void run(Outlet outlet) throws IOException, InterruptedException {
        try {
            Admin admin = clients.admin();
            try {
                read(admin, outlet);
            } finally {
                admin.close(FAREWELL);
            }
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException e) {
            throw clients.failed(e);
        }
    }

    private void read(Admin admin, Outlet outlet) throws IOException, InterruptedException {
        Consumer<byte[], byte[]> consumer = clients.consumer();
        try {
            var topics = new KafkaTopics(settings, clients, admin, outlet);
            var tail = new KafkaTail(settings, dialects, consumer, outlet, now -> parts = now);
            tail.run(topics, look);
        } finally {
            boolean interrupted = Thread.interrupted(); // else it refuses to close
            consumer.close(CloseOptions.timeout(FAREWELL));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static InterruptedException interrupted(InterruptException e) {
        boolean _ = Thread.interrupted(); // the exception says it
        var interruption = new InterruptedException("The source was stopped.");
        interruption.initCause(e);
        return interruption;
    }
}
