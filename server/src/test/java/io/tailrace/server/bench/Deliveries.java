package io.tailrace.server.bench;

/**
 * What readers got.
 *
 * @param delivered how many events, all readers together
 * @param seconds in what time
 * @param cpu seconds of processor that the server used for it
 */
record Deliveries(long delivered, double seconds, double cpu) {

    void print(ServerProcess server, String what, int readers) {
        System.out.printf(
                "%-34s %,10d %,14.0f %14.3f%n",
                server.name() + ", " + what, readers, delivered / seconds, cpu * 1e6 / delivered);
    }
}
