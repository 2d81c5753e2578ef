package io.tailrace.server.eventlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.model.Channel;

import java.util.ArrayList;
import java.util.List;

/** Short ways to make and to compare entries in tests. */
final class Entries {

    static final Channel A = Channel.logs("acme", "a");
    static final Channel B = Channel.logs("acme", "b");
    static final Channel C = Channel.metrics("acme");

    private Entries() {}

    static NewEntry entry(Channel channel, String text) {
        return entry(channel, text, 1_000);
    }

    static NewEntry entry(Channel channel, String text, long received) {
        return new NewEntry(channel, "log", received, text.getBytes(UTF_8));
    }

    static List<NewEntry> entries(Channel channel, int count, String prefix) {
        List<NewEntry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(entry(channel, prefix + i));
        }
        return entries;
    }

    static String text(StoredEntry entry) {
        return new String(entry.json(), UTF_8);
    }

    static List<String> texts(List<StoredEntry> entries) {
        return entries.stream().map(Entries::text).toList();
    }

    static List<Long> positions(List<StoredEntry> entries) {
        return entries.stream().map(StoredEntry::position).toList();
    }
}
