package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One search over all lines held, over those that arrive while it lasts and those that are put
 * among them. It runs on a thread of its own with helpers, tells its hits in ascending order as far
 * as the lines were, and ends when it is cancelled; when nothing arrives for a while it lets its
 * thread go until {@link #wake}.
 */
final class Search {

    private static final int QUEUE = 64;
    private static final long IDLE_MILLIS = 2000;
    private static final long STACK_BYTES = 16 << 20;

    /**
     * What was found.
     *
     * @param lines the numbers of the matching lines, ascending
     * @param to every line before this one has been searched
     */
    record Hits(long[] lines, long to) {}

    private final LogStore store;
    private final LineFilter filter;
    private final FindQuery query;

    // Full means that the FX thread is behind; then the search waits.
    private final BlockingQueue<Hits> found = new LinkedBlockingQueue<>(QUEUE);
    private final Queue<KeyRange> inserted = new ConcurrentLinkedQueue<>();
    private final Object arrivals = new Object();
    private volatile boolean cancelled;
    private volatile String problem = "";

    // The FX thread's.
    private @Nullable Thread thread;

    // The search thread's; handed on from one to the next by Thread.start.
    private long next;

    /** A search for a query without a problem, among the lines that a filter accepts. */
    Search(LogStore store, LineFilter filter, FindQuery query) {
        this.store = store;
        this.filter = filter;
        this.query = query;
    }

    /** Starts, or goes on after more lines arrived. FX thread. */
    void wake() {
        if (thread != null && thread.isAlive()) {
            synchronized (arrivals) {
                arrivals.notifyAll();
            }
        } else if (!cancelled && problem.isEmpty()) {
            thread = new Thread(null, this::run, "logs-find", STACK_BYTES);
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Searches lines that were put among the others, too. FX thread. */
    void inserted(List<KeyRange> ranges) {
        inserted.addAll(ranges);
        wake();
    }

    /** Ends it; what it found but nobody took is forgotten. */
    void cancel() {
        cancelled = true;
        found.clear();
        synchronized (arrivals) {
            arrivals.notifyAll();
        }
    }

    /** What was found next, or null when there is nothing yet. FX thread. */
    @Nullable Hits poll() {
        return found.poll();
    }

    /** Whether hits wait, or lines that were put among the others are still to be searched. */
    boolean behind() {
        return !inserted.isEmpty() || !found.isEmpty();
    }

    /** Why it gave up, in a sentence; empty when it did not. */
    String problem() {
        return problem;
    }

    private void run() {
        try {
            LineTest test = new LineTest(filter, query, () -> cancelled);
            while (!cancelled && (work() || awaitLines())) {
                insertions(test);
                pass(test);
            }
        } catch (CancellationException e) {
            // somebody typed on
        } catch (StackOverflowError e) {
            problem = Texts.text("logs.find.deep");
        } catch (RuntimeException | OutOfMemoryError e) {
            problem = Texts.text("logs.find.stopped", LogsWords.reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean work() {
        return !inserted.isEmpty() || next <= store.published();
    }

    private boolean awaitLines() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
        synchronized (arrivals) {
            while (!cancelled && !work()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                arrivals.wait(left);
            }
        }
        return true;
    }

    private void insertions(LineTest test) throws InterruptedException {
        KeyRange range = inserted.peek();
        while (range != null) {
            try (RetainedRow row = RetainedRow.of(store, range)) {
                for (SearchPart part : row.parts()) {
                    hand(new Hits(part.find(test), next));
                }
            }
            inserted.remove(); // only now: who sees none knows that all hits were handed over
            range = inserted.peek();
        }
    }

    private void pass(LineTest test) throws InterruptedException {
        long end = store.published();
        try (RetainedRow row = RetainedRow.of(store, new KeyRange(next, Long.MAX_VALUE));
                SearchTeam team = new SearchTeam(row.parts(), this::another, test)) {
            for (int i = 0; i < row.parts().size(); i++) {
                long[] lines = team.result(i);
                next = row.parts().get(i).last() + 1;
                hand(new Hits(lines, next));
            }
        }
        if (next <= end) {
            next = end + 1; // what was there left before it could be read
            hand(new Hits(new long[0], next));
        }
    }

    private LineTest another() {
        return new LineTest(filter, query, () -> cancelled);
    }

    private void hand(Hits batch) throws InterruptedException {
        boolean taken = false;
        while (!taken && !cancelled) {
            taken = found.offer(batch, 100, TimeUnit.MILLISECONDS);
        }
    }
}
