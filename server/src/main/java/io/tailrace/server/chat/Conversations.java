package io.tailrace.server.chat;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the latest conversations were about. Those that were silent for two hours, and the oldest
 * beyond 1,000, are forgotten. Thread-safe.
 */
final class Conversations {

    static final int MOST = 1_000;
    static final Duration KEPT = Duration.ofHours(2);

    private final Map<String, Memory> memories = new LinkedHashMap<>(16, 0.75f, true);

    synchronized @Nullable Memory recall(String session, String conversation, Instant now) {
        Memory memory = memories.get(key(session, conversation));
        return memory == null || memory.at().plus(KEPT).isBefore(now) ? null : memory;
    }

    synchronized void remember(String session, String conversation, Memory memory) {
        memories.put(key(session, conversation), memory);
        if (memories.size() > MOST) {
            memories.remove(memories.keySet().iterator().next());
        }
    }

    private static String key(String session, String conversation) {
        return session + '\n' + conversation;
    }
}
