package io.tailrace.wire;

import java.util.List;

/** A stream and what a browser would see of it. */
record SseCase(String name, byte[] stream, List<Seen> events, String finalId) {

    /** What a browser would see of one event. */
    record Seen(String type, String data, String lastEventId) {}

    @Override
    public String toString() {
        return name;
    }
}
