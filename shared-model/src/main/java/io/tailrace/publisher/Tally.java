package io.tailrace.publisher;

/** What became of a publisher's events so far. Guarded by the backlog's lock. */
final class Tally {

    private long added;
    private long acknowledged;
    private long rejected;
    private long dropped;
    private long droppedTold;
    private long lost; // were on disk, and could not be read
    private long onDisk;

    void add() {
        added++;
    }

    void drop() {
        dropped++;
    }

    /** One that could not even be encoded. */
    void reject() {
        added++;
        rejected++;
    }

    void spill(long events) {
        onDisk += events;
    }

    /** They were on disk already. */
    void find(long events) {
        added += events;
        onDisk += events;
    }

    void lose(long events) {
        onDisk -= events;
        lost += events;
    }

    void settle(long accepted, long refused, long fromDisk) {
        acknowledged += accepted;
        rejected += refused;
        onDisk -= fromDisk;
    }

    long added() {
        return added;
    }

    /** How many need nothing any more. */
    long settled() {
        return acknowledged + rejected + lost;
    }

    /** Whether some were dropped that nobody was told of. */
    boolean dropsToTell() {
        return dropped > droppedTold;
    }

    /** How many were dropped since the last call. */
    long droppedSinceTold() {
        long news = dropped - droppedTold;
        droppedTold = dropped;
        return news;
    }

    PublisherStats stats(long bytes) {
        return new PublisherStats(
                added - settled(), acknowledged, rejected, dropped + lost, bytes, onDisk);
    }
}
