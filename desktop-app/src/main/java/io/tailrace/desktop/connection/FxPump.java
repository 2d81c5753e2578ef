package io.tailrace.desktop.connection;

import io.tailrace.client.StreamItem;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The only place that hops to the FX thread: once per pulse it hands over a batch from the inbox,
 * bounded by count and by time, so that a flood never costs a frame. What is left waits for the
 * next pulse.
 *
 * <p>When nothing came for a while it rests, so that an idle window costs next to nothing: then it
 * is woken by what comes, and once a second for clocks.
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
    // So long nothing comes before it rests: longer than what panes put off until a later pulse.
    private static final long QUIET = 250_000_000;
    private static final long SECOND = 1_000_000_000;

    private final Inbox inbox;
    private final BatchReceiver receiver;
    private final LongSupplier nanoTime;
    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>(MAX_TASKS);
    // FX thread only
    private BooleanSupplier restoring = () -> false;
    private @Nullable AnimationTimer timer;
    private @Nullable Thread clock;
    private Runnable eachSecond = () -> {};
    private long secondAt;
    private long busyAt;
    // any thread
    private final AtomicBoolean waking = new AtomicBoolean();
    private volatile boolean resting;

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

    /** Something that is done about once a second while it pumps; on the FX thread. */
    public void eachSecond(Runnable action) {
        eachSecond = action;
    }

    /** Begins to pump; on the FX thread. */
    public void start() {
        if (timer == null) {
            AnimationTimer frames =
                    new AnimationTimer() {
                        @Override
                        public void handle(long now) {
                            frame();
                        }
                    };
            timer = frames;
            resting = false;
            busyAt = nanoTime.getAsLong();
            frames.start();
            inbox.onArrival(this::wake);
            clock = Thread.ofVirtual().name("console-clock").start(this::tick);
        }
    }

    /** Stops pumping; on the FX thread. What waits stays where it is. */
    public void stop() {
        if (timer != null) {
            inbox.onArrival(() -> {});
            timer.stop();
            timer = null;
        }
        if (clock != null) {
            clock.interrupt();
            clock = null;
        }
    }

    /** Whether it waits for something to come; any thread. */
    boolean rests() {
        return resting;
    }

    private void frame() {
        boolean any = !tasks.isEmpty();
        any |= pulse() > 0;
        long now = nanoTime.getAsLong();
        if (now - secondAt >= SECOND) {
            secondAt = now;
            eachSecond.run();
        }
        busyAt = any ? now : busyAt;
        if (now - busyAt >= QUIET && !resting && timer != null) {
            timer.stop();
            resting = true;
            if (!tasks.isEmpty() || inbox.size() > 0) {
                wake(); // it came just before
            }
        }
    }

    /** Any thread; does nothing but a look while it does not rest. */
    private void wake() {
        if (resting && waking.compareAndSet(false, true)) {
            Platform.runLater(this::woken);
        }
    }

    private void woken() {
        waking.set(false);
        if (timer != null && resting) {
            resting = false;
            busyAt = nanoTime.getAsLong();
            timer.start();
            frame();
        }
    }

    /** Clocks go on while it rests. */
    private void tick() {
        while (!Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(SECOND);
            if (resting) {
                Platform.runLater(this::second);
            }
        }
    }

    private void second() {
        if (timer != null && resting) {
            frame();
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
        wake();
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
