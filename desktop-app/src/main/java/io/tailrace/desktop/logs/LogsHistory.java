package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;
import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Brings lines that the console does not hold from the gateway: those of a run that was chosen, and
 * older ones when somebody asks. They take their places between those that are held; what is read
 * stays on the screen. FX thread; fetching has a thread of its own.
 */
public final class LogsHistory {

    /** So many older lines come at a time. */
    static final int OLDER = 5_000;

    private static final int AROUND = 200;
    private static final long MOST_OF_A_RUN = 20_000_000;

    private final LogStore store;
    private final Coverage coverage = new Coverage();
    private final FilledGaps gaps;
    private final Set<RunKey> complete = new HashSet<>();
    private final Consumer<List<KeyRange>> inserted;
    private final Runnable changed;
    private final Consumer<String> said;
    private @Nullable Archive archive;
    private Executor fx = Runnable::run;
    private @Nullable HistoryJob job;
    private final HistoryWishes wishes = new HistoryWishes(); // the job's is the first
    private @Nullable RunKey asked; // the run that was fetched last
    private HistoryJob.@Nullable Want failed; // what to try again
    private @Nullable String epoch;
    private String problem = "";
    private long fetched;
    private long newest; // the greatest position that came by itself
    private long gone;

    LogsHistory(
            LogStore store,
            Consumer<List<KeyRange>> inserted,
            Runnable changed,
            Consumer<String> said) {
        this.said = said;
        this.store = store;
        this.inserted = inserted;
        this.changed = changed;
        epoch = CoverageNote.read(store, coverage);
        gaps = new FilledGaps(coverage, epoch, () -> epoch);
    }

    /** What the next console need not fetch again; writes that when it is run, on any thread. */
    Runnable note() {
        forget();
        if (epoch == null) {
            return () -> {};
        }
        coverage.ended(newest);
        return CoverageNote.of(store, epoch, coverage);
    }

    /**
     * Says where older lines come from.
     *
     * @param executor runs things on the FX thread
     */
    public void from(Archive source, Executor executor) {
        archive = source;
        fx = executor;
    }

    /** A line came by itself. */
    void received(Channel channel, Cursor cursor) {
        if (!cursor.epoch().equals(epoch)) {
            epoch = cursor.epoch();
            newest = 0;
            cancel(); // what is under way has positions of the former log
            coverage.clear();
            complete.clear();
        }
        newest = Math.max(newest, cursor.position());
        coverage.live(channel, cursor.position());
    }

    /** Entries of a channel do not come by themselves. */
    void missing(Event.Gap gap) {
        if (gaps.told(gap)) {
            complete.clear();
        }
    }

    /** Gaps whose lines were fetched. */
    public FilledGaps gaps() {
        return gaps;
    }

    /** Only channels that match these patterns come by themselves from now on. */
    void carried(List<String> patterns) {
        // When it does not know them, each channel begins anew with its next line.
        List<ChannelPattern> carried = ChannelPattern.known(patterns).orElse(List.of());
        coverage.carried(channel -> carried.stream().anyMatch(one -> one.matches(channel)));
    }

    /** Lines left the store: they would have to be fetched again. */
    private void forget() {
        if (store.gone() != gone && epoch != null) {
            gone = store.gone();
            long oldest = store.held() == 0 ? newest + 1 : LineKey.position(store.oldest());
            coverage.forget(oldest - 1);
            complete.clear();
        }
    }

    /** What the console has of each channel. */
    Coverage coverage() {
        return coverage;
    }

    /**
     * Fetches what is missing of a run, the newest first. Asking for the same run again changes
     * nothing.
     *
     * @param started the entry that began it; null when nobody knows
     * @param ended the entry that ended it; null while it goes on
     */
    public void fetch(RunKey run, @Nullable Cursor started, @Nullable Cursor ended) {
        Channel channel = Channel.logs(run.workspace(), run.workflow());
        String its = ended != null ? ended.epoch() : epoch;
        if (run.equals(asked) || complete.contains(run) || its == null || archive == null) {
            return;
        }
        if (epoch != null && !its.equals(epoch)) {
            return; // the gateway has forgotten that life of its log
        }
        epoch = its;
        long newest = coverage.newestBegin(channel);
        long before = ended == null ? newest : Math.min(newest, ended.position() + OLDER);
        long least = started == null ? 0 : started.position();
        if (before == Coverage.LIVE || (started != null && !started.epoch().equals(its))) {
            return; // nothing of this channel came yet
        }
        asked = run;
        Map<Channel, Long> from = Map.of(channel, before);
        begin(its, new HistoryJob.Want(from, run, least, MOST_OF_A_RUN), () -> {});
    }

    /** Fetches some lines older than those that a filter shows, unless they are on their way. */
    public void older(LineFilter filter) {
        if (wishes.hasRun(filter.run())) {
            return;
        }
        HistoryJob.Want again = failed;
        if (again != null && epoch != null && Objects.equals(again.run(), filter.run())) {
            begin(epoch, again, () -> {});
            return;
        }
        Map<Channel, Long> before = new HashMap<>();
        for (Channel channel : coverage.channels()) {
            if (filter.mayShow(channel)) {
                before.put(channel, coverage.newestBegin(channel));
            }
        }
        HistoryJob.Want want = new HistoryJob.Want(before, null, 0, OLDER);
        if (!before.isEmpty() && epoch != null && !wishes.hasLike(want)) {
            begin(epoch, want, () -> {});
        }
    }

    /**
     * Fetches an entry's line and those around it.
     *
     * @param then called when that is done
     * @return false when the gateway cannot have it
     */
    boolean around(Channel channel, Cursor cursor, Runnable then) {
        boolean may = archive != null && cursor.epoch().equals(epoch);
        if (may) {
            Map<Channel, Long> before = Map.of(channel, cursor.position() + AROUND);
            begin(cursor.epoch(), new HistoryJob.Want(before, null, 0, 1), then);
        }
        return may;
    }

    /** What is under way goes on behind it. */
    private void begin(String of, HistoryJob.Want want, Runnable then) {
        wishes.put(new HistoryWishes.Wish(of, want, then));
        pause();
        next();
    }

    private void next() {
        HistoryWishes.Wish wish = wishes.first();
        Archive source = archive;
        if (wish == null || source == null) {
            return;
        }
        problem = "";
        failed = null;
        fetched = 0;
        Home home = new Home(wish);
        Coverage known = wish.epoch().equals(epoch) ? coverage.copy() : new Coverage();
        HistoryJob fresh = new HistoryJob(source, wish, store.keys().copy(), known, home);
        home.mine = fresh;
        job = fresh;
        Thread.ofVirtual().name("logs-history").start(fresh);
        changed.run();
    }

    /** Says something on the FX thread; any thread. */
    void tell(String sentence) {
        fx.execute(() -> said.accept(sentence));
    }

    /** Gives up what is under way and what waits; what came stays. */
    public void cancel() {
        wishes.clear();
        pause();
    }

    private void pause() {
        if (job != null) {
            job.cancel();
            job = null;
        }
    }

    /** What is known of lines older than those that a filter shows. */
    HistoryState state(LineFilter filter) {
        forget();
        if (job != null) {
            return new HistoryState(HistoryState.Phase.FETCHING, fetched, "");
        }
        if (!problem.isEmpty()) {
            return new HistoryState(HistoryState.Phase.FAILED, fetched, problem);
        }
        RunKey run = filter.run();
        boolean offered = archive != null && (run == null || !complete.contains(run));
        for (Channel channel : offered ? coverage.channels() : List.<Channel>of()) {
            if (filter.mayShow(channel)
                    && coverage.lastMissing(channel, coverage.newestBegin(channel)) > 0) {
                return new HistoryState(HistoryState.Phase.OFFERED, fetched, "");
            }
        }
        return HistoryState.EMPTY;
    }

    /** Brings what a job got to the FX thread. */
    private final class Home implements HistoryJob.Listener {

        private final HistoryWishes.Wish wish;
        private @Nullable HistoryJob mine;

        Home(HistoryWishes.Wish wish) {
            this.wish = wish;
        }

        @Override
        public void got(HistoryJob.Got part) {
            fx.execute(() -> take(part));
        }

        @Override
        public void over(String why) {
            fx.execute(() -> {
                if (job != mine) {
                    return; // another one was asked for meanwhile
                }
                job = null;
                wishes.over(wish);
                problem = why;
                failed = why.isEmpty() ? null : wish.want();
                RunKey run = wish.want().run();
                if (run != null && why.isEmpty()) {
                    complete.add(run);
                }
                if (why.isEmpty()) {
                    wish.then().run();
                } else {
                    said.accept(why);
                }
                if (job == null) {
                    next(); // what was interrupted
                }
                changed.run();
            });
        }

        private void take(HistoryJob.Got part) {
            LogSegment lines = part.lines();
            if (lines != null) {
                inserted.accept(store.insert(lines));
            }
            if (wish.epoch().equals(epoch)) {
                coverage.add(part.channel(), part.from(), part.to());
            }
            fetched += part.count();
            if (job != null && !store.roomy()) {
                cancel();
                problem = Texts.text("logs.older.full");
            }
            changed.run();
        }
    }
}
