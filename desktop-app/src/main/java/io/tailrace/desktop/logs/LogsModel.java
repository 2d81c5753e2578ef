package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.model.RunKey;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * The state of the log pane, without controls. FX thread only: what grows with the lines is done in
 * slices by {@link #pulse}, once a frame while {@link #busy}; searching has its own thread.
 */
public final class LogsModel implements AutoCloseable {

    private static final long SLICE = 2_000_000; // nanoseconds

    private final LogStore store;
    private final LogsView view;
    private final FindState find;
    private final LogsSelection selection;
    private final LogsSteps steps;
    private final LogsScreen screen;
    private final LogsFiltering filtering;
    private final LogsHistory history;
    private final LogsLinks links = new LogsLinks(this);
    private final LogsNotes notes = new LogsNotes();
    private final ReadOnlyObjectWrapper<LogsStatus> status =
            new ReadOnlyObjectWrapper<>(LogsStatus.EMPTY);
    private final ReadOnlyObjectWrapper<LineFilter> filter =
            new ReadOnlyObjectWrapper<>(LineFilter.DEFAULT);
    private final ReadOnlyObjectWrapper<FindQuery> query =
            new ReadOnlyObjectWrapper<>(FindQuery.NONE);

    private String notice = "";
    private boolean dirty = true;
    private Runnable wake = () -> {};
    private @Nullable Thread goodbye;

    /** A model that holds up to 512 MiB of lines. */
    public LogsModel() {
        this(new LogStore());
    }

    /** A model that keeps up to 4 GiB of lines in a folder, for this console and the next. */
    public static LogsModel keptIn(Path folder) {
        StoreLimits limits = StoreLimits.DEFAULT;
        return new LogsModel(new LogStore(limits, SegmentKeeper.inFolder(limits, folder)));
    }

    LogsModel(LogStore store) {
        this.store = store;
        this.view = new LogsView(store, LineFilter.DEFAULT);
        this.find = new FindState(store);
        this.selection = new LogsSelection(store, view);
        this.filtering = new LogsFiltering(store, view, find);
        this.steps = new LogsSteps(store, view, find, selection);
        this.screen = new LogsScreen(view, selection, this::acted);
        this.history = new LogsHistory(store, this::inserted, this::touch, this::acted);
    }

    private void inserted(List<KeyRange> ranges) {
        if (!ranges.isEmpty()) {
            filtering.inserted(ranges);
            touch();
        }
    }

    /** What people put beside the lines; to be kept from start to start. */
    public LogsNotes notes() {
        return notes;
    }

    /** Opens lines that people send to each other. */
    public LogsLinks links() {
        return links;
    }

    /** The lines that the gateway has and the console does not. */
    public LogsHistory history() {
        return history;
    }

    /** Adds a log entry; entries of other kinds are for other panes. */
    public void append(Entry entry) {
        if (entry.event() instanceof Event.Log log) {
            backFilled(entry, log);
            history.received(log.channel(), entry.cursor());
        }
    }

    /** Adds an older log entry that was fetched: what comes by itself begins not with it. */
    public void backFilled(Entry entry, Event.Log log) {
        LineIntake.add(store, entry, log);
        touch();
    }

    /** Adds what happened to a run between its lines, when that is news there. */
    public void fact(Entry entry) {
        if (LineIntake.addFact(store, entry)) {
            touch();
        }
    }

    /** Adds a visible notice where entries of a logs channel are missing. */
    public void gap(Event.Gap gap) {
        if (gap.channel().type().equals("logs")) {
            LineIntake.add(store, gap);
            history.missing(gap);
            touch();
        }
    }

    /** What an earlier console received was shown again; what comes now is new. */
    public void restored() {
        store.keys().replayed();
    }

    /** Only channels that match these patterns come by themselves from now on. */
    public void carries(List<String> patterns) {
        history.carried(patterns);
        touch();
    }

    /** What the pane says about itself, as of the last frame. */
    public ReadOnlyObjectProperty<LogsStatus> statusProperty() {
        return status.getReadOnlyProperty();
    }

    /** Which lines are shown. */
    public ReadOnlyObjectProperty<LineFilter> filterProperty() {
        return filter.getReadOnlyProperty();
    }

    /** What is being found. */
    public ReadOnlyObjectProperty<FindQuery> queryProperty() {
        return query.getReadOnlyProperty();
    }

    /** Shows other lines, a few frames later; the line at the upper edge stays where it is. */
    public void show(LineFilter wanted) {
        if (!wanted.equals(filter.get())) {
            filter.set(wanted);
            filtering.apply(wanted);
            acted("");
        }
    }

    /** Shows only one run's lines, at any time if it has none in the span, or all when null. */
    public void showRun(@Nullable RunKey run) {
        show(steps.ofRun(filter.get(), run));
    }

    /** Shows only one task's lines, or those of all tasks when null. */
    public void showTask(@Nullable String task) {
        show(filter.get().withTask(task));
    }

    /** Shows lines of a level and graver ones. */
    public void showLevel(Level least) {
        show(filter.get().withLevel(least));
    }

    /**
     * Selects and reveals the line that was published under a cursor. A filter that hides it gives
     * way.
     *
     * @return whether the line is held
     */
    public boolean open(Cursor cursor) {
        return open(store.find(cursor));
    }

    /**
     * Selects and reveals the line nearest to an entry that is no line.
     *
     * @param least lines of this level and graver are preferred
     * @return whether a line of the run is held
     */
    public boolean openNear(Cursor cursor, RunKey run, @Nullable String task, Level least) {
        return open(steps.near(cursor, run, task, least));
    }

    private boolean open(OptionalLong line) {
        if (line.isPresent()) {
            show(filtering.revealing(store.held(line.getAsLong())));
            go(line);
        }
        return line.isPresent();
    }

    /** Finds something else, also in lines that arrive; or opens the line that a link leads to. */
    public void find(FindQuery wanted) {
        if (!links.take(wanted.text()) && !wanted.equals(query.get())) {
            query.set(wanted);
            find.start(wanted, filtering.applied());
            acted(find.problem());
        }
    }

    /** Selects the next or previous matching line; behind the last comes the first again. */
    public void findNext(boolean forward) {
        if (!go(steps.match(forward)) && !find.query().isEmpty() && !find.searching()) {
            acted(find.problem().isEmpty() ? Texts.text("logs.find.none") : find.problem());
        }
    }

    /** Selects the next or previous line of a level or graver, among those shown. */
    public void seekLevel(Level least, boolean forward) {
        if (!go(steps.level(least, filtering.applied(), forward))) {
            acted(steps.none(least, forward));
        }
    }

    private boolean go(OptionalLong line) {
        line.ifPresent(there -> {
            screen.select(LineSelection.at(there, 0));
            screen.reveal(there);
        });
        return line.isPresent();
    }

    /** Shows the first line at or after a time, and stays there. */
    void revealTime(long time) {
        boolean _ = go(steps.at(time));
    }

    /** Shows the newest lines, and those that arrive. */
    public void follow() {
        screen.follow();
    }

    /** What is on the screen, and what is selected. */
    LogsScreen screen() {
        return screen;
    }

    LogStore store() {
        return store;
    }

    LogsView view() {
        return view;
    }

    FindState findState() {
        return find;
    }

    /** Called on the FX thread whenever there is something to do for {@link #pulse}. */
    void onWork(Runnable action) {
        wake = action;
    }

    /** Says something about what the user did last. */
    void acted(String sentence) {
        notice = sentence;
        touch();
    }

    /** The screen has to be painted again. */
    void touch() {
        dirty = true;
        wake.run();
    }

    /** Whether {@link #pulse} has something to do. */
    boolean busy() {
        return dirty || view.busy() || find.searching();
    }

    /** Does a slice of what there is to do; answers whether the screen has to be painted. */
    boolean pulse() {
        long deadline = System.nanoTime() + SLICE;
        inserted(store.settle());
        filtering.settle();
        boolean paint = dirty || view.busy();
        dirty = false;
        HistoryState older = history.state(filter.get());
        view.head(older.phase() != HistoryState.Phase.NONE || store.gone() > 0);
        screen.advance(deadline);
        paint |= find.drain(deadline);
        String said = LogsWords.first(notice, find.problem(), view.problem(), store.problem());
        status.set(LogsStatus.of(store, view, find, selection.line(), older, said));
        return paint;
    }

    /** Nothing is held any more; lines are written and memory is given back behind it. */
    public void leave() {
        if (goodbye == null) {
            history.cancel();
            find.cancel();
            view.close();
            Runnable note = history.note(); // it may not claim lines that never reach the disk
            SegmentKeeper.Ending ending = store.leave();
            goodbye = Thread.ofPlatform().name("logs-goodbye").start(() -> ending.run(note));
        }
    }

    /** Leaves, and waits until all is written: not for the FX thread of a window. */
    @Override
    public void close() {
        leave();
        try {
            Objects.requireNonNull(goodbye).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
