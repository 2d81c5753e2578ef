package io.tailrace.server.ingest;

import io.tailrace.model.Event;
import io.tailrace.server.access.Caller;
import io.tailrace.server.http.Pause;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * Hands the events of one body to its pipe, no faster than its publisher may be. Confined to the
 * request's thread.
 */
final class LinesDelivery implements BodyParser.Delivery, AutoCloseable {

    // Longer than that nobody waits at once: the gateway may be stopped meanwhile.
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Caller caller;
    private final BodySource body;
    private final Pipe pipe;
    private final PublishLimit rate;
    private final LivePipes pipes;
    private LivePipes.@Nullable Live live;

    LinesDelivery(Caller caller, BodySource body, Pipe pipe, PublishLimit rate, LivePipes pipes) {
        this.caller = caller;
        this.body = body;
        this.pipe = pipe;
        this.rate = rate;
        this.pipes = pipes;
    }

    @Override
    public void lines() {
        LivePipes.Live begun = pipes.begin();
        live = begun;
        body.stoppedBy(begun::stopped);
    }

    /** What was read is stored in any case; a publisher that is too fast then waits. */
    @Override
    public void deliver(List<Event.Published> block) throws InterruptedException {
        pipe.put(block);
        Duration wait = rate.take(caller, block.size(), body.taken());
        while (live != null && !live.stopped() && wait.isPositive()) {
            Duration now = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
            Pause.of(now);
            wait = wait.minus(now);
        }
    }

    /** These were counted and waited for as bytes already. */
    @Override
    public void late(List<Event.Published> block) throws InterruptedException {
        pipe.put(block);
    }

    /** Whether the body ended early, because the gateway stops. */
    boolean stopped() {
        return live != null && live.stopped();
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
    }
}
