package io.tailrace.desktop.logs;

import io.tailrace.client.Reply;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.wire.EventPage;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fetches older lines page by page, the newest first, on a virtual thread, and hands them over in
 * growing batches. What is held already is passed over.
 */
final class HistoryJob implements Runnable {

    private static final int PAGE = 1000;
    private static final int LARGEST_BATCH = 16;
    private static final int VAIN_PAGES = 3;

    /**
     * What to fetch.
     *
     * @param before for each channel: the position behind the last entry
     * @param run stop in front of its first line; null to fetch any lines
     * @param least the run's first position that is known; 0 when it is not
     * @param most so many lines are enough
     */
    record Want(Map<Channel, Long> before, @Nullable RunKey run, long least, long most) {}

    /** A part of it. */
    record Got(Channel channel, long from, long to, @Nullable LogSegment lines, long count) {}

    /** Told on the job's thread. */
    interface Listener {

        /** More lines of a channel; everything between the positions is in them. */
        void got(Got part);

        /** It is over; a sentence says why when it is not done. */
        void over(String problem);
    }

    private final Archive archive;
    private final String epoch;
    private final LineKey keys;
    private final Coverage held;
    private final Want want;
    private final Listener listener;
    private final Map<Channel, Long> before;
    private volatile boolean cancelled;

    private final List<NewLine> batch = new ArrayList<>();
    private int batchPages = 1;
    private int pages;
    private int vain; // pages without a line of the run
    private long fetched;
    private long batchTo = -1;

    /**
     * A job that begins when it is run.
     *
     * @param keys the numbers of lines; the job's own
     * @param held what need not be fetched; the job's own
     */
    HistoryJob(
            Archive archive,
            HistoryWishes.Wish wish,
            LineKey keys,
            Coverage held,
            Listener listener) {
        this.archive = archive;
        this.epoch = wish.epoch();
        this.keys = keys;
        this.held = held;
        this.want = wish.want();
        this.listener = listener;
        this.before = new HashMap<>(want.before());
    }

    /** Ends it after the page that is under way; nothing more is told. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public void run() {
        String problem = "";
        Channel channel = next();
        while (channel != null && !cancelled && problem.isEmpty() && fetched < want.most()) {
            problem = page(channel);
            Channel following = problem.isEmpty() ? next() : null;
            if (!channel.equals(following)) {
                flush(channel, before.getOrDefault(channel, 1L));
            }
            channel = following;
        }
        if (channel != null) {
            flush(channel, before.getOrDefault(channel, 1L));
        }
        if (!cancelled) {
            listener.over(problem);
        }
    }

    /** The channel whose missing lines are the newest; null when nothing is missing. */
    private @Nullable Channel next() {
        Channel best = null;
        for (Map.Entry<Channel, Long> one : before.entrySet()) {
            long missing = held.lastMissing(one.getKey(), one.getValue());
            one.setValue(missing < 0 ? 1 : missing + 1);
            boolean wanted = missing > 0 && (want.run() == null || !complete(missing));
            if (wanted && (best == null || one.getValue() > before.getOrDefault(best, 0L))) {
                best = one.getKey();
            }
        }
        return best;
    }

    private boolean complete(long missing) {
        int enough = want.least() > 0 ? 1 : VAIN_PAGES;
        return missing < Math.max(1, want.least()) && vain >= enough;
    }

    /** Fetches what comes before; answers what went wrong. */
    private String page(Channel channel) {
        long to = before.getOrDefault(channel, 1L);
        return switch (archive.before(channel, new Cursor(epoch, to), PAGE)) {
            case Reply.Ok<EventPage>(EventPage page) -> take(channel, page.entries(), to);
            case Reply.Refused<EventPage>(String reason) -> reason;
            case Reply.Unreachable<EventPage>(String reason) -> reason;
        };
    }

    private String take(Channel channel, List<Entry> entries, long to) {
        if (batchTo < 0) {
            batchTo = to - 1;
        }
        List<Entry> all = new ArrayList<>(entries);
        boolean older = entries.size() == PAGE; // there may be older ones
        boolean whole = older;
        long last = entries.isEmpty() ? 0 : entries.getLast().cursor().position();
        while (!whole && !all.isEmpty() && last < to - 1) { // perhaps cut because they are large
            switch (archive.after(channel, new Cursor(epoch, last), PAGE)) {
                case Reply.Ok<EventPage>(EventPage page) -> {
                    List<Entry> more =
                            page.entries().stream()
                                    .filter(entry -> entry.cursor().position() < to)
                                    .toList();
                    all.addAll(more);
                    last = more.isEmpty() ? to : more.getLast().cursor().position();
                    whole = more.isEmpty();
                    older |= !whole; // it was cut, so it had as many as were asked for
                }
                case Reply.Refused<EventPage>(String reason) -> {
                    return reason;
                }
                case Reply.Unreachable<EventPage>(String reason) -> {
                    return reason;
                }
            }
        }
        add(all);
        long from = older && !all.isEmpty() ? all.getFirst().cursor().position() : 1;
        before.put(channel, from);
        held.add(channel, from, to - 1);
        if (++pages >= batchPages) {
            flush(channel, from);
        }
        return "";
    }

    private void add(List<Entry> entries) {
        boolean ofRun = false;
        for (Entry entry : entries) {
            if (entry.event() instanceof Event.Log log && entry.cursor().epoch().equals(epoch)) {
                batch.add(LineIntake.line(keys.of(entry.cursor()), log));
                ofRun |= want.run() != null && want.run().equals(log.subject().runKey());
                fetched++;
            }
        }
        vain = ofRun ? 0 : vain + 1;
    }

    private void flush(Channel channel, long from) {
        if (batchTo >= from && !cancelled) {
            LogSegment lines = batch.isEmpty() ? null : LineIntake.segment(batch);
            listener.got(new Got(channel, from, batchTo, lines, batch.size()));
        }
        batch.clear();
        batchTo = -1;
        pages = 0;
        batchPages = Math.min(LARGEST_BATCH, batchPages * 2);
    }
}
