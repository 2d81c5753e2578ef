package io.tailrace.desktop.connection;

import io.tailrace.client.ConnectionState;
import io.tailrace.client.StreamItem;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The truth about the connection, for the status bar. FX thread only; needs no toolkit.
 *
 * <p>Lag is the time from an event's timestamp to the moment the console shows it. Only events that
 * happened after the stream was opened count: what is replayed is late by nature.
 */
public final class ConnectionModel {

    private static final long SECOND = 1000;

    private final URI gateway;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Standing> standing =
            new ReadOnlyObjectWrapper<>(Standing.CONNECTING);
    private final ReadOnlyStringWrapper reason = new ReadOnlyStringWrapper("");
    private final ReadOnlyIntegerWrapper countdown = new ReadOnlyIntegerWrapper();
    private final ReadOnlyLongWrapper received = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper perSecond = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper lagMedian = new ReadOnlyLongWrapper(-1);
    private final ReadOnlyLongWrapper lagP99 = new ReadOnlyLongWrapper(-1);
    private final ReadOnlyBooleanWrapper catchingUp = new ReadOnlyBooleanWrapper();
    private final ReadOnlyLongWrapper gaps = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper unreadable = new ReadOnlyLongWrapper();
    private final ReadOnlyIntegerWrapper channels = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper anything = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Instant> time;

    private final ReadOnlyLongWrapper restored = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper behind = new ReadOnlyLongWrapper();

    private final ChannelLedger ledger = new ChannelLedger();
    private final LagWindow lags = new LagWindow(10 * SECOND);
    private Instant connectedSince = Instant.MAX;
    private Instant nextTry = Instant.MIN;
    private Instant now;
    private Standing stopped = Standing.OFFLINE; // what it is when it ended for good
    private boolean begun; // before that, entries are those that were kept on this machine
    private long kept;
    private @Nullable Cursor place;
    private @Nullable Cursor target; // the newest entry there was, as the gateway said
    private long count;
    private long countAtTick;
    private long replayedSinceTick;
    private long tickMillis;
    private long latestLag;

    /**
     * The model of a connection that has not begun.
     *
     * @param gateway whom it talks to
     * @param clock this machine's clock
     */
    public ConnectionModel(URI gateway, InstantSource clock) {
        this.gateway = gateway;
        this.clock = clock;
        this.now = clock.instant();
        this.time = new ReadOnlyObjectWrapper<>(now.truncatedTo(ChronoUnit.SECONDS));
        this.tickMillis = now.toEpochMilli();
    }

    /** Something that was saved is shown, and nobody waits for a gateway. */
    public void saved() {
        stopped = Standing.SAVED;
        anything.set(true);
    }

    /** Looks at the clock, once for all items of a batch. */
    public void begin() {
        now = clock.instant();
    }

    /** Takes an item. */
    public void apply(StreamItem item) {
        switch (item) {
            case StreamItem.Received(var entry, _) -> count(entry);
            case StreamItem.Told(var control, var at) -> told(control, at);
            case StreamItem.Changed(var state) -> changed(state);
            case StreamItem.Warned _ -> {} // a notice for people, not a number
            case StreamItem.Unreadable _ -> unreadable.set(unreadable.get() + 1);
        }
    }

    /** Shows what was counted: the counter each time, rates and lags once a second. */
    public void end() {
        received.set(count);
        restored.set(kept);
        channels.set(ledger.size());
        gaps.set(ledger.missing().size()); // some were filled
        behind.set(distance());
        anything.set(anything.get() || count + kept > 0);
        time.set(now.truncatedTo(ChronoUnit.SECONDS));
        countDown();
        long millis = now.toEpochMilli();
        long passed = millis - tickMillis;
        if (passed >= SECOND) {
            perSecond.set((count - countAtTick) * SECOND / passed);
            catchingUp.set(replayedSinceTick > 0);
            long[] sorted = lags.sorted(millis);
            lagMedian.set(LagWindow.percentile(sorted, 0.5));
            lagP99.set(LagWindow.percentile(sorted, 0.99));
            countAtTick = count;
            replayedSinceTick = 0;
            tickMillis = millis;
        } else if (passed < 0) {
            tickMillis = millis; // the clock was set back
        }
    }

    /** An older entry was fetched: it says nothing about where the stream stands. */
    public void backFilled(Entry entry) {
        ledger.entry(entry);
        count++;
    }

    private void count(Entry entry) {
        ledger.entry(entry);
        place = entry.cursor();
        if (!begun) {
            kept++;
            return;
        }
        count++;
        Instant happened = entry.event().timestamp();
        if (happened.isBefore(connectedSince)) {
            replayedSinceTick++;
        } else {
            latestLag = Math.max(0, Duration.between(happened, now).toMillis());
            lags.add(latestLag, now.toEpochMilli());
        }
    }

    /** How many entries lie between the one shown last and the newest that was told of. */
    private long distance() {
        if (place == null || target == null || !target.epoch().equals(place.epoch())) {
            return 0;
        }
        return Math.max(0, target.position() - place.position());
    }

    private void told(Event.Control control, Instant at) {
        switch (control) {
            case Event.Gap gap -> {
                boolean _ = ledger.gap(gap, at);
                gaps.set(ledger.missing().size());
            }
            case Event.Snapshot snapshot ->
                    anything.set(anything.get() || !snapshot.runs().isEmpty());
            case Event.Resumed resumed -> target = resumed.to();
            case Event.Heartbeat _ -> target = null; // quiet: everything that is ours is here
            case Event.Conflated notice -> ledger.conflated(notice);
            case Event.SessionInit _,
                    Event.ChannelsChanged _,
                    Event.SessionEnd _,
                    Event.ServerShuttingDown _ -> {
                // the connection's own states say what follows from these
            }
        }
    }

    private void changed(ConnectionState state) {
        begun = true;
        connectedSince = Instant.MAX;
        nextTry = Instant.MIN;
        lags.clear();
        switch (state) {
            case ConnectionState.Connecting _ -> stand(Standing.CONNECTING, reason.get());
            case ConnectionState.Connected(var since) -> {
                connectedSince = since;
                stand(Standing.CONNECTED, "");
            }
            case ConnectionState.Polling(var since, var why) -> {
                connectedSince = since;
                stand(Standing.POLLING, why);
            }
            case ConnectionState.Waiting(var until, _, var why) -> {
                nextTry = until;
                stand(Standing.WAITING, why);
            }
            case ConnectionState.Stopped(var why) -> stand(stopped, why);
        }
        countDown();
    }

    private void stand(Standing where, String why) {
        standing.set(where);
        reason.set(why);
    }

    private void countDown() {
        long millis = standing.get() == Standing.WAITING ? millisUntil(nextTry) : 0;
        countdown.set((int) Math.min(Integer.MAX_VALUE, (Math.max(0, millis) + 999) / SECOND));
    }

    private long millisUntil(Instant instant) {
        return Duration.between(now, instant).toMillis();
    }

    /** How late the latest live event was shown, in milliseconds; 0 before the first. */
    public long latestLag() {
        return latestLag;
    }

    /** Whom it talks to. */
    public URI gateway() {
        return gateway;
    }

    /** Where the connection stands. */
    public ReadOnlyObjectProperty<Standing> standing() {
        return standing.getReadOnlyProperty();
    }

    /** Why it does not stand better: a sentence, empty while connected. */
    public ReadOnlyStringProperty reason() {
        return reason.getReadOnlyProperty();
    }

    /** Seconds until the next try, rounded up; 0 when none is waited for. */
    public ReadOnlyIntegerProperty countdown() {
        return countdown.getReadOnlyProperty();
    }

    /** How many entries were received since the start. */
    public ReadOnlyLongProperty received() {
        return received.getReadOnlyProperty();
    }

    /** How many entries were received in the last second. */
    public ReadOnlyLongProperty perSecond() {
        return perSecond.getReadOnlyProperty();
    }

    /** Half of the latest events were shown within this time, in milliseconds; -1: unknown. */
    public ReadOnlyLongProperty lagMedian() {
        return lagMedian.getReadOnlyProperty();
    }

    /** 99 of 100 of the latest events were shown within this time, in ms; -1: unknown. */
    public ReadOnlyLongProperty lagP99() {
        return lagP99.getReadOnlyProperty();
    }

    /** Whether older entries are being replayed. */
    public ReadOnlyBooleanProperty catchingUp() {
        return catchingUp.getReadOnlyProperty();
    }

    /** Whether only what this machine kept has come so far. */
    public boolean restoring() {
        return !begun;
    }

    /** How many entries were shown from what this machine kept of an earlier start. */
    public ReadOnlyLongProperty restored() {
        return restored.getReadOnlyProperty();
    }

    /** How many entries are still to come until now is reached; 0 when that is reached. */
    public ReadOnlyLongProperty behind() {
        return behind.getReadOnlyProperty();
    }

    /** What came of each channel. */
    public ChannelLedger ledger() {
        return ledger;
    }

    /** How many gaps there are, for whatever reason; one that was filled is none any more. */
    public ReadOnlyLongProperty gaps() {
        return gaps.getReadOnlyProperty();
    }

    /** How many frames could not be understood. */
    public ReadOnlyLongProperty unreadable() {
        return unreadable.getReadOnlyProperty();
    }

    /** How many different channels entries came from. */
    public ReadOnlyIntegerProperty channels() {
        return channels.getReadOnlyProperty();
    }

    /** Whether anything was ever received: an entry, or a snapshot with runs. */
    public ReadOnlyBooleanProperty anything() {
        return anything.getReadOnlyProperty();
    }

    /** What time it is, to the second. */
    public ReadOnlyObjectProperty<Instant> time() {
        return time.getReadOnlyProperty();
    }
}
