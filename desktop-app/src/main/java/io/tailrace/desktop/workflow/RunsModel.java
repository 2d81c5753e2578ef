package io.tailrace.desktop.workflow;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Times;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.RunTable;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * The runs and the chosen one. {@link #apply} only folds; what views see is refreshed by {@link
 * #batchEnded}, the list at most ten times a second. FX thread only.
 */
public final class RunsModel {

    private static final Duration LIST_EVERY = Duration.ofMillis(100);

    private final InstantSource clock;
    private final Times times;
    private final RunTable table = new RunTable();
    private final CommandLedger ledger = new CommandLedger();
    private final Lessons lessons = new Lessons();
    private final RunRows rows = new RunRows();
    private final ReadOnlyObjectWrapper<@Nullable RunKey> selected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable RunState> chosen = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable TaskChoice> task = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable RunHeader> header = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<@Nullable CommandState> command =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper commandSentence = new ReadOnlyStringWrapper("");
    private final Outlook outlook = new Outlook();
    private final Hearing hearing = new Hearing();
    private final Liveness liveness;
    private final ReadOnlyObjectWrapper<Instant> now;
    private boolean folded;
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(true);
    private Instant listedAt = Instant.MIN;

    /**
     * No runs yet.
     *
     * @param clock tells how long live runs have taken
     * @param times the viewer's zone
     */
    public RunsModel(InstantSource clock, Times times) {
        this.clock = clock;
        this.times = times;
        now = new ReadOnlyObjectWrapper<>(clock.instant());
        liveness = new Liveness(hearing, now::get, times);
    }

    /** Folds an entry; entries that are about no run change nothing. */
    public void apply(Entry entry) {
        boolean answered = ledger.apply(entry.event());
        boolean explained = lessons.apply(entry);
        if (table.apply(entry) || answered || explained) {
            folded = true;
        }
    }

    /** Starts again from a snapshot. */
    public void snapshot(Event.Snapshot snapshot) {
        table.replaceAll(snapshot.runs());
        folded = true;
        listedAt = Instant.MIN;
    }

    /** A batch is over; called once per pulse, also when nothing was received. */
    public void batchEnded() {
        Instant time = clock.instant();
        Instant shown = hearing.time(time, all());
        boolean tick = ticks(shown);
        if (tick) {
            now.set(shown);
        }
        if (folded && Duration.between(listedAt, time).compareTo(LIST_EVERY) >= 0) {
            listedAt = time;
            list();
            folded = false;
        }
        choose(tick);
    }

    /**
     * Whether the gateway is heard. While it is not, nobody knows how runs get on: live ones are
     * shown as they were when it was heard last, and nothing is expected of them that was not then.
     */
    public void hears(boolean stands) {
        hearing.hears(stands, clock.instant());
        now.set(hearing.time(clock.instant(), all()));
        choose(true);
    }

    /** The list of runs as it is shown. */
    public RunRows rows() {
        return rows;
    }

    /** All runs as last listed, newest first. */
    public List<RunState> all() {
        return rows.all();
    }

    /** The chosen run: what somebody chose, otherwise the newest live one; null without runs. */
    public ReadOnlyObjectProperty<@Nullable RunKey> selected() {
        return selected.getReadOnlyProperty();
    }

    /** The state of the chosen run; null when there is none or it is no longer kept. */
    public ReadOnlyObjectProperty<@Nullable RunState> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /** The chosen task of the chosen run; null before anything was chosen. */
    public ReadOnlyObjectProperty<@Nullable TaskChoice> task() {
        return task.getReadOnlyProperty();
    }

    /** What the window's header says of the chosen run. */
    public ReadOnlyObjectProperty<@Nullable RunHeader> header() {
        return header.getReadOnlyProperty();
    }

    /** The latest command for the chosen run, or null. */
    public ReadOnlyObjectProperty<@Nullable CommandState> command() {
        return command.getReadOnlyProperty();
    }

    /** The same as a sentence for people; empty when no command was given. */
    public ReadOnlyStringProperty commandSentence() {
        return commandSentence.getReadOnlyProperty();
    }

    /** What the grey behind the bars means; empty when there is none. */
    public ReadOnlyStringProperty baselineSentence() {
        return outlook.baselineSentence();
    }

    /** The time that views show: ten times a second while the chosen run is live, else once. */
    public ReadOnlyObjectProperty<Instant> now() {
        return now.getReadOnlyProperty();
    }

    /** Which live runs were not heard of for long. */
    Liveness liveness() {
        return liveness;
    }

    /** The time to show of the chosen run: of a silent one that of its last word. */
    Instant time() {
        return liveness.time(chosen.get());
    }

    /** Calls a view when that time goes on and the chosen run with it: one that ended stands. */
    void whileLive(Runnable view) {
        now.subscribe(_ -> {
            if (live()) {
                view.run();
            }
        });
    }

    /** Chooses a run for good: newer ones do not replace it. */
    public void select(RunKey run) {
        following.set(false);
        changeSelection(run);
    }

    /**
     * Whether the newest live run is chosen by itself; one that ended stays until a newer begins.
     */
    public ReadOnlyBooleanProperty following() {
        return following.getReadOnlyProperty();
    }

    /** Chooses the newest live run, now and whenever another one begins. */
    public void followNewest() {
        following.set(true);
        list();
        RunState newest = RowList.newestLive(all());
        if (newest != null) {
            changeSelection(newest.key());
        }
        choose(true);
    }

    /** Chooses a run and a task of it. */
    public void choose(TaskChoice choice) {
        select(choice.run());
        task.set(choice);
    }

    /** Chooses a task of the chosen run; choosing it again means the whole run. */
    public void selectTask(String name) {
        RunKey run = selected.get();
        if (run != null) {
            TaskChoice choice = new TaskChoice(run, name);
            task.set(choice.equals(task.get()) ? new TaskChoice(run, null) : choice);
        }
    }

    /** What the chosen run explains to those who wait; null when it does not. */
    Lessons.@Nullable Lesson lesson() {
        return lessons.of(selected.get());
    }

    @Nullable Baseline baseline() {
        return outlook.baseline();
    }

    IdleGaps idle() {
        return outlook.idle();
    }

    /** How long no task of the chosen run was active, in words; empty when one always was. */
    public ReadOnlyStringProperty idleSentence() {
        return outlook.idleSentence();
    }

    Forecast forecast() {
        return outlook.forecast();
    }

    /** Whether a command may be sent now: not while one for this run is on its way. */
    boolean commandSending(RunKey run, CommandVerb verb) {
        CommandState state = ledger.latest(run);
        if (state != null && state.phase() == CommandPhase.SENDING) {
            return false;
        }
        ledger.sending(run, verb, clock.instant());
        choose(true);
        return true;
    }

    void commandSent(RunKey run, String id) {
        ledger.sent(run, id);
        choose(true);
    }

    void commandFailed(RunKey run, String reason) {
        ledger.failed(run, reason);
        choose(true);
    }

    private boolean live() {
        RunState run = chosen.get();
        return run != null && !run.status().terminal();
    }

    private boolean ticks(Instant time) {
        boolean moves = live() && !time().isBefore(now.get()); // a silent run stands
        Duration every = moves ? LIST_EVERY : Duration.ofSeconds(1);
        return Duration.between(now.get(), time).abs().compareTo(every) >= 0;
    }

    private void list() {
        liveness.look(table.runs());
        rows.list(table.runs(), now.get());
        if (following.get()) {
            RunState next = RowList.next(all(), selected.get());
            if (next != null) {
                changeSelection(next.key());
            }
        }
    }

    private void changeSelection(RunKey run) {
        if (run.equals(selected.get())) {
            return;
        }
        selected.set(run);
        if (task.get() != null) {
            task.set(new TaskChoice(run, null));
        }
        choose(true);
    }

    /** Brings what hangs on the chosen run up to date. */
    private void choose(boolean force) {
        RunKey key = selected.get();
        RunState run = key == null ? null : table.run(key).orElse(null);
        if (!force && Objects.equals(run, chosen.get())) {
            return;
        }
        outlook.look(run, all(), liveness);
        chosen.set(run);
        CommandState latest = key == null ? null : ledger.latest(key);
        command.set(latest);
        commandSentence.set(latest == null ? "" : sentence(latest, run));
        header.set(
                run == null
                        ? null
                        : RunHeader.of(run, baseline(), forecast(), liveness, now.get(), times));
    }

    private String sentence(CommandState command, @Nullable RunState run) {
        RunState again = RowList.retryOf(all(), command.run(), command.askedAt());
        return again == null
                ? command.sentence(clock.instant(), run != null && run.status().terminal())
                : text("workflow.command.began", again.key().run());
    }
}
