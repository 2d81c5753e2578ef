package io.tailrace.demo.pipeline;

import io.tailrace.publisher.Publisher;
import io.tailrace.publisher.RunScope;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts a run's work on any thread and publishes rates once a second on its own. */
final class Meter implements AutoCloseable {

    private final LongAdder rows = new LongAdder();
    private final LongAdder jars = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicLong waiting = new AtomicLong();
    private final CountDownLatch over = new CountDownLatch(1);
    private final RunScope run;
    private final Publisher publisher;
    private final Thread thread;

    Meter(RunScope run, Publisher publisher) {
        this.run = run;
        this.publisher = publisher;
        this.thread = Thread.ofVirtual().name("meter").start(this::sample);
    }

    void count(long moreRows, long moreJars, long moreBytes) {
        rows.add(moreRows);
        jars.add(moreJars);
        bytes.add(moreBytes);
    }

    /** How many rows wait to be loaded. */
    void waitingRows(long number) {
        waiting.set(number);
    }

    @Override
    public void close() {
        over.countDown(); // the last sample is what is left
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sample() {
        long last = System.nanoTime();
        boolean running = true;
        while (running) {
            try {
                running = !over.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                running = false;
            }
            long now = System.nanoTime();
            double seconds = Math.max((now - last) / 1e9, 0.001);
            last = now;
            run.metric("rows", rows.sumThenReset() / seconds, "rows/s");
            run.metric("jars", jars.sumThenReset() / seconds, "jars/s");
            run.metric("bytes", bytes.sumThenReset() / seconds, "By/s");
            run.metric("queue.load", (double) waiting.get(), "rows");
            run.metric("queue.publisher", (double) publisher.stats().queued(), "events");
        }
    }
}
