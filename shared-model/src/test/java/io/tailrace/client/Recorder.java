package io.tailrace.client;

import io.tailrace.client.ConnectionState.Connected;
import io.tailrace.client.ConnectionState.Connecting;
import io.tailrace.client.ConnectionState.Polling;
import io.tailrace.client.ConnectionState.Stopped;
import io.tailrace.client.ConnectionState.Waiting;
import io.tailrace.model.Entry;

import org.awaitility.Awaitility;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A sink that remembers. */
final class Recorder implements Consumer<StreamItem> {

    private final List<StreamItem> items = new CopyOnWriteArrayList<>();

    @Override
    public void accept(StreamItem item) {
        items.add(item);
    }

    /** The story in short words, one per item. */
    List<String> story() {
        return items.stream().map(Recorder::word).toList();
    }

    /** The ids of the entries that arrived. */
    List<String> entries() {
        return all(StreamItem.Received.class).stream()
                .map(StreamItem.Received::entry)
                .map(Entry::cursor)
                .map(Object::toString)
                .toList();
    }

    <T extends StreamItem> List<T> all(Class<T> type) {
        return items.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends ConnectionState> List<T> states(Class<T> type) {
        return all(StreamItem.Changed.class).stream()
                .map(StreamItem.Changed::state)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    void awaitEntries(int count) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> entries().size() >= count);
    }

    /** Waits for that many states of the type and gives the last. */
    <T extends ConnectionState> T await(Class<T> type, int count) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> states(type).size() >= count);
        return states(type).get(count - 1);
    }

    private static String word(StreamItem item) {
        return switch (item) {
            case StreamItem.Received received -> received.entry().cursor().toString();
            case StreamItem.Told told -> told.control().kind();
            case StreamItem.Unreadable _ -> "unreadable";
            case StreamItem.Warned _ -> "warned";
            case StreamItem.Changed changed ->
                    switch (changed.state()) {
                        case Connecting c -> "connecting " + c.attempt();
                        case Connected _ -> "connected";
                        case Polling _ -> "polling";
                        case Waiting w -> "waiting " + w.attempt();
                        case Stopped _ -> "stopped";
                    };
        };
    }
}
