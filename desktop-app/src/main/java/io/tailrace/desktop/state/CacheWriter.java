package io.tailrace.desktop.state;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.StreamItem;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.RunTable;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes what was received, on a thread of its own; each file begins with the state of all runs, so
 * that it can be understood when older ones are gone. When the writer cannot follow, whoever
 * receives waits: a queue that was given up would be a hole.
 */
final class CacheWriter implements AutoCloseable {

    private static final int MAX_WAITING = 16_384;
    private static final int BUFFER = 256 * 1024;
    private static final long QUIET_MILLIS = 250; // then what is in the buffer is written
    private static final long LATEST_NANOS = TimeUnit.MILLISECONDS.toNanos(700); // without quiet
    private static final long GOODBYE_SECONDS = 5;

    private final CacheFiles files;
    private final Consumer<String> told;
    private final ArrayBlockingQueue<Work> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private volatile boolean broken; // the disk takes nothing any more

    // The thread's own; before it starts its maker's.
    private final RunTable runs = new RunTable();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private @Nullable Cursor newest;
    private StreamItem.@Nullable Told back; // the latest word of an older copy of the log
    private @Nullable FileChannel file;
    private long written;
    private long flushedAt = System.nanoTime();

    private sealed interface Work {
        record Keep(StreamItem item) implements Work {}

        record Flush(CountDownLatch done) implements Work {}

        record End() implements Work {}
    }

    CacheWriter(CacheFiles files, Consumer<String> told) {
        this.files = files;
        this.told = told;
        this.thread = Thread.ofPlatform().name("console-cache").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Takes what is on disk already into account; before {@link #start}. */
    void fold(StreamItem item) {
        switch (item) {
            case StreamItem.Received(Entry entry, _) -> {
                boolean _ = runs.apply(entry);
                boolean other = newest != null && !newest.epoch().equals(entry.cursor().epoch());
                back = other ? null : back;
                newest = entry.cursor();
            }
            case StreamItem.Told(Event.Snapshot snapshot, _) -> runs.replaceAll(snapshot.runs());
            case StreamItem.Told(Event.Gap gap, _) ->
                    back = gap.goesBack() ? (StreamItem.Told) item : back;
            case StreamItem.Told _,
                    StreamItem.Changed _,
                    StreamItem.Warned _,
                    StreamItem.Unreadable _ -> {}
        }
    }

    void put(StreamItem item) {
        if (!broken) {
            offer(new Work.Keep(item));
        }
    }

    /** Returns when everything that was put is in the file. */
    void flushed() {
        CountDownLatch done = new CountDownLatch(1);
        if (!broken && thread.isAlive()) {
            offer(new Work.Flush(done));
            try {
                boolean _ = done.await(GOODBYE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        if (thread.isAlive()) {
            offer(new Work.End());
            try {
                boolean _ = thread.join(Duration.ofSeconds(GOODBYE_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void offer(Work work) {
        try {
            while (thread.isAlive() && !waiting.offer(work, 100, TimeUnit.MILLISECONDS)) {
                // the disk is slower than the network
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean on = true;
            while (on) {
                Work work = waiting.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                on = work == null ? flush() : take(work);
                if (on && System.nanoTime() - flushedAt > LATEST_NANOS) {
                    on = flush();
                }
            }
        } catch (IOException | RuntimeException e) {
            broken = true;
            told.accept(text("state.cache.full", String.valueOf(e.getMessage())));
        } catch (InterruptedException e) {
            // the process ends
        } finally {
            closeFile();
        }
    }

    private boolean take(Work work) throws IOException {
        switch (work) {
            case Work.Keep(StreamItem item) -> keep(item);
            case Work.Flush(CountDownLatch done) -> {
                boolean _ = flush();
                done.countDown();
            }
            case Work.End() -> {
                boolean _ = flush();
                return false;
            }
        }
        return true;
    }

    private void keep(StreamItem item) throws IOException {
        byte[] bytes = Kept.bytes(item);
        if (bytes != null && bytes.length <= CacheSegment.LONGEST) {
            if (file == null || written > files.fileBytes()) {
                begin(); // with the runs as they were before this item
            }
            write(bytes);
        }
        fold(item);
    }

    private void begin() throws IOException {
        boolean _ = flush();
        FileChannel same = file == null ? files.last() : null;
        if (same != null) {
            file = same;
            written = same.size();
            return;
        }
        closeFile();
        file = files.next();
        written = CacheSegment.HEADER;
        if (newest != null) {
            Instant now = Instant.now();
            Header header = Header.of(Channel.session("cache"), now, Subject.NONE);
            write(Kept.bytes("-", now, new Event.Snapshot(header, newest, runs.runs())));
            if (back != null) { // tells which entries at a position are meant
                write(Kept.bytes("-", back.at(), back.control()));
            }
        }
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer record = CacheSegment.record(bytes);
        written += record.remaining();
        if (record.remaining() > buffer.remaining()) {
            boolean _ = flush();
        }
        if (record.remaining() > buffer.remaining()) {
            writeAll(record);
        } else {
            buffer.put(record);
        }
    }

    private boolean flush() throws IOException {
        flushedAt = System.nanoTime();
        buffer.flip();
        writeAll(buffer);
        buffer.clear();
        return true;
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (file != null && bytes.hasRemaining()) {
            int _ = file.write(bytes);
        }
    }

    private void closeFile() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // what could be written is written
        }
    }
}
