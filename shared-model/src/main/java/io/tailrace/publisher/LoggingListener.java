package io.tailrace.publisher;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the log about changes: once when something begins to go wrong, once when it ends. */
final class LoggingListener implements PublishListener {

    private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

    private final URI gateway;
    private final AtomicBoolean rejecting = new AtomicBoolean();
    private final AtomicLong droppedSince = new AtomicLong();

    LoggingListener(URI gateway) {
        this.gateway = gateway;
    }

    @Override
    public void acknowledged(int events, @Nullable String cursor) {
        long dropped = droppedSince.getAndSet(0);
        if (dropped > 0) {
            LOG.log(INFO, "Publishing works again; {0} events were dropped meanwhile.", dropped);
        }
        rejecting.set(false);
    }

    @Override
    public void rejected(String event, String reason) {
        if (!rejecting.getAndSet(true)) {
            String shown = event.length() > 300 ? event.substring(0, 300) + "…" : event;
            LOG.log(WARNING, "The gateway rejected an event: {0} The event: {1}", reason, shown);
        }
    }

    @Override
    public void refused(int events, String reason) {
        if (!rejecting.getAndSet(true)) {
            LOG.log(WARNING, "The gateway refused a batch of {0} events: {1}", events, reason);
        }
    }

    @Override
    public void dropped(long events, String reason) {
        if (droppedSince.getAndAdd(events) == 0) {
            LOG.log(WARNING, "Events are dropped: {0}", reason);
        }
    }

    @Override
    public void troubled(String reason) {
        LOG.log(WARNING, "{0} Trying again until it works; events wait.", reason);
    }

    @Override
    public void warned(String warning) {
        LOG.log(WARNING, warning);
    }

    @Override
    public void recovered() {
        LOG.log(INFO, "The gateway at {0} takes events again.", gateway);
    }

    @Override
    public void undelivered(long events) {
        LOG.log(
                WARNING,
                "Closed with {0} events that the gateway at {1} has not acknowledged.",
                events,
                gateway);
    }

    @Override
    public void kept(long events) {
        LOG.log(INFO, "Closed with {0} events on disk; the next publisher sends them.", events);
    }
}
