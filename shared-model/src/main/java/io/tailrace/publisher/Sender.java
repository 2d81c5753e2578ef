package io.tailrace.publisher;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Takes batch after batch from the backlog and delivers each before the next: that keeps the order.
 * With a spill folder it moves what waits there as soon as the gateway does not answer, and
 * delivers that first. Runs on the publisher's thread until the backlog is closed.
 */
final class Sender implements Runnable {

    private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

    /** So often it looks whether something has to be moved to disk. */
    private static final Duration GLANCE = Duration.ofMillis(20);

    /** A gateway that takes longer counts as away, as far as the disk is concerned. */
    private static final long SLOW_NANOS = Duration.ofSeconds(1).toNanos();

    private final PublisherSettings settings;
    private final Backlog backlog;
    private final PublishListener listener;
    private final @Nullable SpillStore disk;

    // this thread only
    private boolean troubled;
    private @Nullable Batch current; // is being delivered, and lies in memory only

    Sender(PublisherSettings settings, Backlog backlog, PublishListener listener) {
        this.settings = settings;
        this.backlog = backlog;
        this.listener = listener;
        Spill spill = settings.spill();
        this.disk =
                spill == null
                        ? null
                        : new SpillStore(
                                spill,
                                settings,
                                warning -> tell(l -> l.warned(warning)),
                                this::lose);
    }

    @Override
    public void run() {
        settings.access()
                .warning(settings.gateway())
                .ifPresent(warning -> tell(l -> l.warned(warning)));
        if (disk != null) {
            backlog.found(disk.adopt());
        }
        try (EventsEndpoint endpoint = new EventsEndpoint(settings)) {
            while (!backlog.closed()) {
                Batch stored = disk == null ? null : disk.next();
                Batch batch = stored == null ? backlog.take() : stored;
                reportDrops();
                if (batch != null) {
                    current = stored == null ? batch : null;
                    deliver(batch, endpoint);
                }
            }
        } catch (InterruptedException e) {
            // closed while trying: what is left is counted by whoever closed
        }
        boolean _ = Thread.interrupted(); // files are still to be written
        if (disk != null) {
            var _ = park();
            disk.close();
        }
        reportDrops();
    }

    private void deliver(Batch batch, EventsEndpoint endpoint) throws InterruptedException {
        for (int failures = 0; !backlog.closed(); failures++) {
            long begin = System.nanoTime();
            Runnable glance = () -> glance(System.nanoTime() - begin > SLOW_NANOS);
            switch (endpoint.post(batch, disk == null ? null : GLANCE, glance)) {
                case Reply.Acknowledged reply -> {
                    acknowledge(batch, reply);
                    return;
                }
                case Reply.Refused reply -> {
                    recover();
                    int events = batch.events().size();
                    tell(l -> l.refused(events, reply.reason()));
                    settle(batch, 0, events);
                    return;
                }
                case Reply.TryAgain reply -> {
                    if (!troubled) {
                        troubled = true;
                        tell(l -> l.troubled(reply.reason()));
                    }
                    if (park() && backlog.closing()) {
                        backlog.close(); // all is on disk: nothing to wait for
                        return;
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
        settle(batch, accepted, rejected);
    }

    private void settle(Batch batch, int accepted, int rejected) {
        boolean stored = current == null;
        if (disk != null && stored) {
            disk.done();
        }
        current = null;
        backlog.settle(batch, stored, accepted, rejected);
    }

    /** Moves what waits to disk when the gateway is away, or memory becomes scarce. */
    private void glance(boolean slow) {
        if (slow || troubled || backlog.crowded()) {
            var _ = park();
        }
        reportDrops();
    }

    /** Moves all that waits to disk, first what is being delivered; whether nothing is left. */
    private boolean park() {
        SpillStore to = disk;
        if (to == null) {
            return false;
        }
        Batch sent = current;
        if (sent != null) {
            if (!to.append(sent, true)) {
                return false;
            }
            backlog.spilled(sent);
            current = null;
            Batch _ = to.next(); // it is what is being delivered
        }
        Batch batch = backlog.poll();
        while (batch != null) {
            if (!to.append(batch, false)) {
                backlog.giveBack(batch);
                return false;
            }
            backlog.spilled(batch);
            batch = backlog.poll();
        }
        return true;
    }

    private void lose(long events) {
        backlog.lose(events);
        tell(l -> l.dropped(events, "They could not be read from the spill folder."));
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
            if (disk == null) {
                left = backlog.pause(left);
            } else {
                Duration now = left.compareTo(GLANCE) < 0 ? left : GLANCE;
                Duration rest = backlog.pause(now);
                left = rest.isZero() && backlog.closing() ? rest : left.minus(now).plus(rest);
                var _ = park();
            }
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
            String full =
                    "The publisher's memory of %d bytes is full%s."
                            .formatted(
                                    settings.memoryBytes(),
                                    disk == null ? "" : ", and its spill folder takes no more");
            String reason = backlog.closed() ? "The publisher is closed." : full;
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
