package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One search over all lines held, and over those that arrive while it lasts. It runs on a thread of
 * its own, tells its hits in ascending order and ends when it is cancelled; when nothing arrives
 * for a while it lets its thread go until {@link #wake}.
 */
final class Search {

    private static final int BATCH = 8192;
    private static final int QUEUE = 64;
    private static final long IDLE_MILLIS = 2000;
    private static final long STACK_BYTES = 16 << 20;

    /**
     * What was found in the lines before one.
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
    private final Object arrivals = new Object();
    private volatile boolean cancelled;
    private volatile String problem = "";

    // The FX thread's.
    private @Nullable Thread thread;

    // The search thread's; handed on from one to the next by Thread.start.
    private long[] hits = new long[BATCH];
    private int count;
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

    /** Why it gave up, in a sentence; empty when it did not. */
    String problem() {
        return problem;
    }

    private void run() {
        try {
            LineMatcher matcher = LineMatcher.of(query, () -> cancelled);
            while (!cancelled && (next < store.size() || awaitLines())) {
                pass(matcher);
            }
        } catch (CancellationException e) {
            // somebody typed on
        } catch (StackOverflowError e) {
            problem = "This expression is too deep for a long line; write it without (…|…)*.";
        } catch (RuntimeException | OutOfMemoryError e) {
            problem = "The search stopped: " + e.getMessage() + ". Type on to start it again.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitLines() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS);
        synchronized (arrivals) {
            while (!cancelled && next >= store.size()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                arrivals.wait(left);
            }
        }
        return true;
    }

    private void pass(LineMatcher matcher) throws InterruptedException {
        long size = store.size();
        next = Math.max(next, store.first());
        List<LogSegment> segments = store.segmentsFrom(next);
        for (int i = 0; i < segments.size(); i++) {
            LogSegment segment = segments.get(i);
            long end = i + 1 < segments.size() ? segments.get(i + 1).firstLine() : size;
            if (segment.retain()) {
                try {
                    segment(matcher, segment, Math.min(size, end));
                } finally {
                    segment.release();
                }
            }
        }
        hand(Math.max(next, size));
    }

    private void segment(LineMatcher matcher, LogSegment segment, long limit)
            throws InterruptedException {
        long first = segment.firstLine();
        SearchChunk chunk = new SearchChunk(segment);
        next = Math.max(next, first);
        while (next < limit) {
            if (cancelled) {
                throw new CancellationException();
            }
            chunk.read(segment, (int) (next - first), (int) (limit - first));
            matcher.scan(chunk, index -> keep(segment, index));
            next = first + chunk.to();
            if (count >= BATCH) {
                hand(next);
            }
        }
    }

    private void keep(LogSegment segment, int index) {
        if (!filter.accepts(segment.context(index))) {
            return;
        }
        if (count == hits.length) {
            hits = Arrays.copyOf(hits, count * 2);
        }
        hits[count++] = segment.firstLine() + index;
    }

    private void hand(long to) throws InterruptedException {
        Hits batch = new Hits(Arrays.copyOf(hits, count), to);
        count = 0;
        next = to;
        boolean taken = false;
        while (!taken && !cancelled) {
            taken = found.offer(batch, 100, TimeUnit.MILLISECONDS);
        }
    }
}
