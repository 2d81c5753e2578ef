package io.tailrace.server.deadletter;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** For gateways that forget everything at their end. */
final class MemoryShelf implements Shelf {

    private final Map<Long, byte[]> letters = new HashMap<>();

    @Override
    public Map<Long, Integer> sizes() {
        Map<Long, Integer> sizes = new HashMap<>();
        letters.forEach((id, letter) -> sizes.put(id, letter.length));
        return sizes;
    }

    @Override
    public void put(long id, byte[] letter) {
        letters.put(id, letter);
    }

    @Override
    public Optional<byte[]> get(long id) {
        return Optional.ofNullable(letters.get(id));
    }

    @Override
    public void remove(long id) {
        letters.remove(id);
    }
}
