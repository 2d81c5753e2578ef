package io.tailrace.server.source.kafka;

import io.tailrace.server.settings.KafkaSourceSettings;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes Kafka's clients, and says in a sentence what they complain about. */
final class KafkaClients {

    private static final Set<String> KNOWN =
            Stream.concat(
                            ConsumerConfig.configNames().stream(),
                            AdminClientConfig.configNames().stream())
                    .collect(Collectors.toUnmodifiableSet());
    private static final String PATIENCE = "10000"; // milliseconds

    private final KafkaSourceSettings settings;

    /**
     * Checks what can be checked without a broker.
     *
     * @throws SettingsException when Kafka's client does not know or take a property
     */
    KafkaClients(KafkaSourceSettings settings) {
        this.settings = settings;
        for (String property : settings.properties().keySet()) {
            if (!known(property)) {
                throw settings.unusable(
                        "properties",
                        "Kafka's client has no property '%s'; see the list of its consumer's."
                                .formatted(property));
            }
        }
        try {
            var _ = new ConsumerConfig(options());
        } catch (ConfigException e) {
            throw settings.unusable("properties", sentence(e));
        }
    }

    /** Whether the client, or something that is plugged into it, may know a property. */
    private boolean known(String property) {
        return KNOWN.contains(property)
                || property.startsWith("config.providers")
                || property.startsWith("metrics.context.")
                || settings.properties().keySet().stream()
                        .anyMatch(name -> name.endsWith(".class") || name.endsWith(".classes"));
    }

    /** What Kafka's client says, without the value, which may be a secret. */
    private static String sentence(ConfigException e) {
        return String.valueOf(e.getMessage())
                .replaceFirst(
                        "(?s)^Invalid value .* for configuration ", "Kafka's client says of ");
    }

    Consumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(options());
    }

    private Map<String, Object> options() {
        Map<String, Object> properties = new HashMap<>(shared());
        properties.put("allow.auto.create.topics", "false");
        properties.put("isolation.level", "read_committed");
        properties.put("max.poll.records", "5000");
        properties.put("fetch.max.bytes", "16777216");
        properties.putAll(settings.properties());
        properties.put("auto.offset.reset", "none"); // what is lost is said
        properties.put("enable.auto.commit", "false");
        properties.put("key.deserializer", ByteArrayDeserializer.class);
        properties.put("value.deserializer", ByteArrayDeserializer.class);
        return properties;
    }

    Admin admin() {
        Map<String, Object> properties = new HashMap<>(shared());
        properties.putAll(settings.properties());
        return Admin.create(properties);
    }

    private Map<String, Object> shared() {
        return Map.of(
                "bootstrap.servers",
                settings.bootstrap(),
                "client.id",
                "tailrace-" + settings.name(),
                "request.timeout.ms",
                PATIENCE,
                "default.api.timeout.ms",
                PATIENCE,
                "enable.metrics.push",
                "false");
    }

    /** What went wrong, for whoever runs the gateway. */
    IOException failed(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof AuthenticationException)) {
            cause = cause.getCause();
        }
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        String brokers = String.join(", ", settings.bootstrap());
        return new IOException(
                switch (cause) {
                    case TimeoutException _ ->
                            "Kafka at %s does not answer: %s".formatted(brokers, why);
                    case AuthenticationException _ ->
                            "Kafka at %s refuses who asks, see the source's properties: %s"
                                    .formatted(brokers, why);
                    case AuthorizationException _ ->
                            "Kafka at %s allows it not: grant DESCRIBE and READ of its topics. %s"
                                    .formatted(brokers, why);
                    default -> "Kafka at %s: %s".formatted(brokers, why);
                },
                e);
    }
}
