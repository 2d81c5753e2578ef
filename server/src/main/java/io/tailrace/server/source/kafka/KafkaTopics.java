package io.tailrace.server.source.kafka;

import io.tailrace.server.settings.KafkaSourceSettings;
import io.tailrace.server.source.Complaint;
import io.tailrace.server.source.Outlet;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/** Which of the wanted topics there are. Confined to the source's thread. */
final class KafkaTopics {

    private final KafkaSourceSettings settings;
    private final KafkaClients clients;
    private final Admin admin;
    private final Complaint complaint;

    KafkaTopics(KafkaSourceSettings settings, KafkaClients clients, Admin admin, Outlet outlet) {
        this.settings = settings;
        this.clients = clients;
        this.admin = admin;
        this.complaint = new Complaint(outlet);
    }

    /** Those that there are now, by name; says which are not. */
    Map<String, TopicDescription> find() throws IOException, InterruptedException {
        Map<String, TopicDescription> found = new TreeMap<>();
        List<String> absent = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> asked =
                admin.describeTopics(names()).topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> each : asked.entrySet()) {
            try {
                found.put(each.getKey(), each.getValue().get());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw clients.failed(e);
                }
                absent.add(each.getKey());
            }
        }
        say(found, absent);
        return found;
    }

    private Collection<String> names() throws IOException, InterruptedException {
        Pattern pattern = settings.pattern();
        if (pattern == null) {
            return settings.topics();
        }
        try {
            return admin.listTopics().names().get().stream()
                    .filter(name -> pattern.matcher(name).matches())
                    .toList();
        } catch (ExecutionException e) {
            throw clients.failed(e);
        }
    }

    private void say(Map<String, TopicDescription> found, List<String> absent) {
        String sentence = "";
        if (!absent.isEmpty()) {
            sentence =
                    "Kafka has no topic %s; it is read once it is there."
                            .formatted(String.join(", ", absent));
        } else if (found.isEmpty()) {
            sentence =
                    "Kafka has no topic that matches '%s'; those that appear are read."
                            .formatted(settings.pattern());
        }
        complaint.say(sentence);
    }
}
