package io.tailrace.server.stream;

import java.time.Clock;

/** What was written and not told yet: told once for many readers. Of one thread at a time. */
final class Tally {

    private final SessionObserver observer;
    private final Clock clock;
    private int entries;
    private int bytes;
    private long received;
    private long reached;

    Tally(SessionObserver observer, Clock clock) {
        this.observer = observer;
        this.clock = clock;
    }

    /** That block was written to one more reader. */
    void add(Block block) {
        if (!block.frames().isEmpty()) {
            entries += block.frames().size();
            bytes += block.size();
            received = block.frames().getLast().received();
            reached = block.to();
            if (bytes > (1 << 30)) {
                tell();
            }
        }
    }

    /** Tells what was added; how long it took is told of the reader who came last. */
    void tell() {
        if (entries > 0) {
            observer.delivered(entries, bytes, false);
            observer.flushed(clock.millis() - received);
            observer.reached(reached);
            entries = 0;
            bytes = 0;
        }
    }
}
