package io.tailrace.server.settings;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Topics of Kafka.
 *
 * @param name of the source
 * @param bootstrap some brokers, each {@code host:port}
 * @param topics their names; empty when the pattern says which
 * @param pattern names the topics, or null
 * @param fromEarliest whether topics that are there at the very first start are read whole
 * @param properties for the client, such as those of its security; not to be shown
 * @param messages how messages are understood
 */
public record KafkaSourceSettings(
        String name,
        List<String> bootstrap,
        List<String> topics,
        @Nullable Pattern pattern,
        boolean fromEarliest,
        Map<String, String> properties,
        MessageSettings messages)
        implements SourceSettings {

    private static final Pattern BROKER =
            Pattern.compile("([^\\s:/]+|\\[[0-9a-fA-F:.]+]):\\d{1,5}");
    private static final List<String> OPTIONS =
            List.of(
                    "type",
                    "bootstrap",
                    "topics",
                    "topics-pattern",
                    "start",
                    "properties",
                    "properties-file");
    // The position is the gateway's own affair, and so is how bytes are read.
    private static final Set<String> OURS =
            Set.of(
                    "auto.offset.reset",
                    "bootstrap.servers",
                    "enable.auto.commit",
                    "group.id",
                    "group.instance.id",
                    "group.protocol",
                    "key.deserializer",
                    "value.deserializer");

    /** Copies. */
    public KafkaSourceSettings {
        bootstrap = List.copyOf(bootstrap);
        topics = List.copyOf(topics);
        properties = Map.copyOf(properties);
    }

    static KafkaSourceSettings of(SourceOptions options) {
        List<String> bootstrap = options.list("bootstrap");
        if (bootstrap.isEmpty()) {
            throw options.missing("bootstrap", "bootstrap = \"kafka-1:9092\"");
        }
        for (String broker : bootstrap) {
            if (!BROKER.matcher(broker).matches() || port(broker) < 1 || port(broker) > 65_535) {
                throw options.wrong(
                        "bootstrap", broker, "a list of host:port with ports from 1 to 65535");
            }
        }
        List<String> topics = options.list("topics");
        Pattern pattern = options.pattern("topics-pattern");
        if (!topics.isEmpty() && pattern != null) {
            throw options.wrong(
                    "topics-pattern",
                    pattern.pattern(),
                    "either topics or topics-pattern, not both,");
        }
        if (topics.isEmpty() && pattern == null) {
            throw options.missing("topics", "topics = [orders] or topics-pattern = \"orders-.*\"");
        }
        for (String topic : topics) {
            if (!topic.matches("[a-zA-Z0-9._-]{1,249}")) {
                throw options.wrong("topics", topic, "a list of names of topics");
            }
        }
        boolean earliest = options.word("start", "earliest", "latest").equals("earliest");
        Map<String, String> properties = options.properties();
        for (String property : properties.keySet()) {
            if (OURS.contains(property)) {
                throw options.wrong(
                        "properties", property, "another property, for the gateway sets this one,");
            }
        }
        var messages = MessageSettings.of(options);
        options.checkAllKnown(OPTIONS, MessageSettings.OPTIONS);
        return new KafkaSourceSettings(
                options.name(), bootstrap, topics, pattern, earliest, properties, messages);
    }

    private static int port(String broker) {
        return Integer.parseInt(broker.substring(broker.lastIndexOf(':') + 1));
    }

    /** Without the properties, in which passwords may stand. */
    @Override
    public String toString() {
        return "KafkaSourceSettings[" + name + ", " + bootstrap + "]";
    }
}
