package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Searches parts on several threads when there are many; their results come in order. The thread
 * that asks for them works along.
 */
final class SearchTeam implements AutoCloseable {

    private static final int FEW = 3;
    private static final int AHEAD = 64; // results that wait to be taken
    private static final long STACK_BYTES = 16 << 20;
    private static final int HELPERS = Math.min(3, Runtime.getRuntime().availableProcessors() - 1);

    private final List<SearchPart> parts;
    private final LineTest test;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> helpers = new ArrayList<>();

    // Guarded by this.
    private final Map<Integer, long[]> results = new HashMap<>();
    private int taken;
    private boolean over;
    private @Nullable Throwable failure;

    SearchTeam(List<SearchPart> parts, Supplier<LineTest> another, LineTest test) {
        this.parts = parts;
        this.test = test;
        for (int i = 0; i < HELPERS && parts.size() > FEW; i++) {
            LineTest its = another.get();
            Thread helper = new Thread(null, () -> help(its), "logs-find-helper", STACK_BYTES);
            helper.setDaemon(true);
            helpers.add(helper);
            helper.start();
        }
    }

    private void help(LineTest its) {
        try {
            int part = next.getAndIncrement();
            while (part < parts.size() && mayGoOn(part)) {
                put(part, parts.get(part).find(its));
                part = next.getAndIncrement();
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits while too many results wait. */
    private synchronized boolean mayGoOn(int part) throws InterruptedException {
        while (!over && part - taken > AHEAD) {
            wait();
        }
        return !over;
    }

    private synchronized void put(int part, long[] lines) {
        results.put(part, lines);
        notifyAll();
    }

    private synchronized void fail(Throwable e) {
        failure = e;
        notifyAll();
    }

    /** What was found in a part; to be asked in order. */
    long[] result(int part) throws InterruptedException {
        long[] lines = ready(part, false);
        while (lines == null) {
            int mine = next.getAndIncrement();
            if (mine < parts.size()) {
                put(mine, parts.get(mine).find(test));
                lines = ready(part, false);
            } else {
                lines = ready(part, true);
            }
        }
        return lines;
    }

    private synchronized long @Nullable [] ready(int part, boolean patiently)
            throws InterruptedException {
        while (true) {
            switch (failure) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
            long[] lines = results.remove(part);
            if (lines != null) {
                taken = part;
                notifyAll();
                return lines;
            }
            if (!patiently) {
                return null;
            }
            wait();
        }
    }

    /** Ends the helpers; they are gone when it returns. */
    @Override
    public void close() {
        synchronized (this) {
            over = true;
            notifyAll();
        }
        for (Thread helper : helpers) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
    }
}
