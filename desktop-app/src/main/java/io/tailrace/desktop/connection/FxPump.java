package io.tailrace.desktop.connection;

import io.tailrace.client.StreamItem;

import javafx.animation.AnimationTimer;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The only place that hops to the FX thread: once per pulse it hands over a batch from the inbox,
 * bounded by count and by time, so that a flood never costs a frame. What is left waits for the
 * next pulse.
 *
 * <p>As an {@link Executor} it also brings the results of background work home: any thread may call
 * {@link #execute}, and the task runs on the FX thread in the next pulse.
 */
public final class FxPump implements Executor {

    /** How long one pulse may spend on items, in nanoseconds: a quarter of a frame. */
    static final long BUDGET_NANOS = 4_000_000;

    /**
     * The same while much waits, as after the start: then being late is worse than a slow frame.
     */
    static final long CATCH_UP_NANOS = 12_000_000;

    /** The same while what was kept is shown again: nobody can do anything before it is there. */
    static final long RESTORE_NANOS = 250_000_000;

    private static final int MUCH = 1_000;

    /** How many items one pulse hands over at most. */
    static final int MAX_ITEMS = 20_000;

    private static final int MAX_TASKS = 4096;
    private static final int STEP = 64; // items between two looks at the clock

    private final Inbox inbox;
    private final BatchReceiver receiver;
    private final LongSupplier nanoTime;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>(MAX_TASKS);
    // FX thread only
    private BooleanSupplier restoring = () -> false;
    private @Nullable AnimationTimer timer;

    /**
     * A pump that stands still until {@link #start}.
     *
     * @param receiver called on the FX thread only
     */
    public FxPump(Inbox inbox, BatchReceiver receiver) {
        this(inbox, receiver, System::nanoTime);
    }

    FxPump(Inbox inbox, BatchReceiver receiver, LongSupplier nanoTime) {
        this.inbox = inbox;
        this.receiver = receiver;
        this.nanoTime = nanoTime;
    }

    /** While that holds, showing everything comes before smooth frames; on the FX thread. */
    public void restoresWhile(BooleanSupplier condition) {
        restoring = condition;
    }

    /** Begins to pump; on the FX thread. */
    public void start() {
        if (timer == null) {
            timer =
                    new AnimationTimer() {
                        @Override
                        public void handle(long now) {
                            pulse();
                        }
                    };
            timer.start();
        }
    }

    /** Stops pumping; on the FX thread. What waits stays where it is. */
    public void stop() {
        if (timer != null) {
            timer.stop();
            timer = null;
        }
    }

    /**
     * Runs a task on the FX thread in the next pulse; callable from any thread.
     *
     * @throws IllegalStateException when thousands of tasks wait already, which only a runaway
     *     caller can bring about
     */
    @Override
    public void execute(Runnable task) {
        if (!tasks.offer(task)) {
            throw new IllegalStateException(
                    "Too much background work waits for the window; restart the console.");
        }
    }

    /**
     * What one frame does: tasks, then a batch of items. Called by the timer; tests call it by
     * hand.
     *
     * @return how many items were handed over
     */
    public int pulse() {
        runTasks();
        long usual = inbox.size() > MUCH ? CATCH_UP_NANOS : BUDGET_NANOS;
        long budget = restoring.getAsBoolean() ? RESTORE_NANOS : usual;
        long end = nanoTime.getAsLong() + budget;
        int handed = 0;
        receiver.begin();
        try {
            int step;
            do {
                step = inbox.drain(STEP, this::hand);
                handed += step;
            } while (step == STEP && handed < MAX_ITEMS && nanoTime.getAsLong() < end);
        } finally {
            receiver.end(inbox.size());
        }
        return handed;
    }

    /** One bad item may not take the rest of its batch with it. */
    private void hand(StreamItem item) {
        try {
            receiver.accept(item);
        } catch (RuntimeException e) {
            receiver.failed(item, e);
        }
    }

    private void runTasks() {
        for (int waiting = tasks.size(); waiting > 0; waiting--) {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        }
    }
}
