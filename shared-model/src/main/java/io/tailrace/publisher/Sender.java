package io.tailrace.publisher;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Takes batch after batch from the backlog and delivers each before the next: that keeps the order.
 * Runs on the publisher's thread until the backlog is closed.
 */
final class Sender implements Runnable {

    private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

    private final PublisherSettings settings;
    private final Backlog backlog;
    private final PublishListener listener;

    private boolean troubled; // this thread only

    Sender(PublisherSettings settings, Backlog backlog, PublishListener listener) {
        this.settings = settings;
        this.backlog = backlog;
        this.listener = listener;
    }

    @Override
    public void run() {
        settings.access()
                .warning(settings.gateway())
                .ifPresent(warning -> tell(l -> l.warned(warning)));
        try (EventsEndpoint endpoint = new EventsEndpoint(settings)) {
            while (!backlog.closed()) {
                Batch batch = backlog.take();
                reportDrops();
                if (batch != null) {
                    deliver(batch, endpoint);
                }
            }
        } catch (InterruptedException e) {
            // closed while trying: what is left is counted by whoever closed
        }
        reportDrops();
    }

    private void deliver(Batch batch, EventsEndpoint endpoint) throws InterruptedException {
        for (int failures = 0; !backlog.closed(); failures++) {
            switch (endpoint.post(batch)) {
                case Reply.Acknowledged reply -> {
                    acknowledge(batch, reply);
                    return;
                }
                case Reply.Refused reply -> {
                    recover();
                    int events = batch.events().size();
                    tell(l -> l.refused(events, reply.reason()));
                    backlog.settle(batch, 0, events);
                    return;
                }
                case Reply.TryAgain reply -> {
                    if (!troubled) {
                        troubled = true;
                        tell(l -> l.troubled(reply.reason()));
                    }
                    pause(reply.after() == null ? backoff(failures) : reply.after());
                }
            }
        }
    }

    private void acknowledge(Batch batch, Reply.Acknowledged reply) {
        recover();
        int rejected = 0;
        for (Map.Entry<Integer, String> line : reply.rejected().entrySet()) {
            if (line.getKey() >= 1 && line.getKey() <= batch.events().size()) {
                rejected++;
                byte[] event = batch.events().get(line.getKey() - 1);
                String text = new String(event, StandardCharsets.UTF_8);
                tell(l -> l.rejected(text, line.getValue()));
            }
        }
        int accepted = batch.events().size() - rejected;
        if (accepted > 0) {
            tell(l -> l.acknowledged(accepted, reply.cursor()));
        }
        backlog.settle(batch, accepted, rejected);
    }

    private void recover() {
        if (troubled) {
            troubled = false;
            tell(PublishListener::recovered);
        }
    }

    private void pause(Duration time) throws InterruptedException {
        Duration left = time;
        while (left.isPositive()) {
            left = backlog.pause(left);
            reportDrops();
        }
    }

    /** Half of it by chance, so that publishers of one gateway do not come back all at once. */
    private Duration backoff(int failures) {
        long longest = settings.longestRetry().toMillis();
        long full = Math.min(longest, settings.firstRetry().toMillis() << Math.min(failures, 20));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }

    private void reportDrops() {
        long events = backlog.droppedSinceTold();
        if (events > 0) {
            String reason =
                    backlog.closed()
                            ? "The publisher is closed."
                            : "The publisher's memory of %d bytes is full."
                                    .formatted(settings.memoryBytes());
            tell(l -> l.dropped(events, reason));
        }
    }

    private void tell(Consumer<PublishListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "A publish listener failed.", e);
        }
    }
}
