package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what it is told. */
final class RecordingListener implements PublishListener {

    final AtomicLong acknowledged = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong undelivered = new AtomicLong();
    final AtomicLong kept = new AtomicLong();
    final List<String> story = new CopyOnWriteArrayList<>();
    volatile @Nullable String cursor;

    @Override
    public void acknowledged(int events, @Nullable String at) {
        acknowledged.addAndGet(events);
        cursor = at;
    }

    @Override
    public void rejected(String event, String reason) {
        story.add("rejected: " + event + ": " + reason);
    }

    @Override
    public void refused(int events, String reason) {
        story.add("refused " + events + ": " + reason);
    }

    @Override
    public void dropped(long events, String reason) {
        dropped.addAndGet(events);
    }

    @Override
    public void troubled(String reason) {
        story.add("troubled: " + reason);
    }

    @Override
    public void recovered() {
        story.add("recovered");
    }

    @Override
    public void undelivered(long events) {
        undelivered.set(events);
    }

    @Override
    public void warned(String warning) {
        story.add("warned: " + warning);
    }

    @Override
    public void kept(long events) {
        kept.addAndGet(events);
    }
}
