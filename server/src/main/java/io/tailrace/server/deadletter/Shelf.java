package io.tailrace.server.deadletter;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Where dead letters lie. Called by one thread at a time. */
interface Shelf {

    /** How large each one is, by its id. */
    Map<Long, Integer> sizes() throws IOException;

    /** Puts one there, in place of what has its id. */
    void put(long id, byte[] letter) throws IOException;

    Optional<byte[]> get(long id) throws IOException;

    void remove(long id) throws IOException;
}
