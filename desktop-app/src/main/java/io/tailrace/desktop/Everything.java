package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.alerts.AlertRow;
import io.tailrace.desktop.alerts.AlertsModel;
import io.tailrace.desktop.alerts.AlertsPane;
import io.tailrace.desktop.metrics.MetricsPane;
import io.tailrace.desktop.shell.Found;
import io.tailrace.desktop.shell.MainWindow;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.workflow.RunWords;
import io.tailrace.desktop.workflow.RunsModel;
import io.tailrace.desktop.workflow.TaskChoice;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds runs, tasks, measures and alerts by words that stand in their names, a few of each, the
 * newest first; lines are found by the log itself. FX thread only.
 */
final class Everything {

    private static final int EACH = 6;
    private static final int TASKS_LOOKED_AT = 50_000;

    private final EventRouter.Models models;
    private final Times times;
    private final InstantSource clock;
    private final Doors doors;

    /**
     * What opens what was found.
     *
     * @param run shows a run
     * @param task shows a task of a run
     * @param metric shows a measure, by its title
     * @param alert shows what an alert is about
     */
    record Doors(
            Consumer<RunKey> run,
            Consumer<TaskChoice> task,
            Consumer<String> metric,
            Consumer<AlertRow> alert) {}

    Everything(EventRouter.Models models, Times times, InstantSource clock, Doors doors) {
        this.models = models;
        this.times = times;
        this.clock = clock;
        this.doors = doors;
    }

    /**
     * Opens what it finds in the panes of a window.
     *
     * @param lines shows the lines of a task
     */
    static Everything of(
            EventRouter.Models models,
            Times times,
            InstantSource clock,
            Supplier<MainWindow> window,
            Consumer<TaskChoice> lines,
            MetricsPane metrics,
            AlertsPane alerts) {
        Consumer<RunKey> run =
                key -> {
                    models.runs().select(key);
                    models.runs().rows().reveal(key);
                    window.get().showTimeline();
                };
        Consumer<TaskChoice> task =
                choice -> {
                    run.accept(choice.run());
                    models.runs().choose(choice);
                    lines.accept(choice);
                };
        Consumer<String> metric =
                title -> {
                    window.get().showMetrics();
                    metrics.open(title);
                };
        return new Everything(models, times, clock, new Doors(run, task, metric, alerts::open));
    }

    /** What contains every word of a text; nothing for no words. */
    List<Found> search(String text) {
        List<String> words =
                Stream.of(text.toLowerCase(Locale.ROOT).split("\\s+", -1))
                        .filter(word -> !word.isEmpty())
                        .toList();
        List<Found> found = new ArrayList<>();
        if (!words.isEmpty()) {
            runs(words).forEach(found::add);
            tasks(words).forEach(found::add);
            metrics(words).forEach(found::add);
            alerts(words).forEach(found::add);
        }
        return found;
    }

    private Stream<Found> runs(List<String> words) {
        return models.runs().all().stream()
                .filter(run -> matches(words, run.key() + states(run)))
                .limit(EACH)
                .map(run ->
                        new Found(
                                name(run),
                                text("console.found.run"),
                                () -> doors.run().accept(run.key())));
    }

    /** Of the run that is looked at first, then of the newest. */
    private Stream<Found> tasks(List<String> words) {
        RunState chosen = models.runs().chosen().get();
        RunsModel runs = models.runs();
        return Stream.concat(
                        Stream.ofNullable(chosen),
                        runs.all().stream().filter(run -> !run.equals(chosen)))
                .flatMap(run -> run.tasks().stream().map(task -> new Part(run, task)))
                .limit(TASKS_LOOKED_AT)
                .filter(part -> matches(words, part.task().name() + " " + part.run().key()))
                .filter(part -> words.stream().anyMatch(part::named))
                .limit(EACH)
                .map(part ->
                        new Found(
                                text("console.found.in", part.task().name(), name(part.run())),
                                text("console.found.task"),
                                () -> doors.task().accept(part.choice())));
    }

    private Stream<Found> metrics(List<String> words) {
        return models.metrics().titles().stream()
                .filter(title -> matches(words, title))
                .limit(EACH)
                .map(title ->
                        new Found(
                                title,
                                text("console.found.metric"),
                                () -> doors.metric().accept(title)));
    }

    private Stream<Found> alerts(List<String> words) {
        AlertsModel alerts = models.alerts();
        return alerts.rows().stream()
                .filter(row -> matches(words, row.headline() + " " + row.sentence()))
                .limit(EACH)
                .map(row ->
                        new Found(
                                text("console.found.alert.title", row.headline(), row.brief()),
                                text("console.found.alert"),
                                () -> doors.alert().accept(row)));
    }

    /** Its state as people read it and as publishers say it: either may be typed. */
    private static String states(RunState run) {
        return " " + RunWords.word(run.status()) + " " + run.status().wireName();
    }

    /** With everything that tells it from others of its name. */
    private String name(RunState run) {
        String when =
                run.startedAt() == null
                        ? run.key().run()
                        : times.whenExactly(run.startedAt(), clock.instant());
        return text(
                "console.found.run.title",
                run.key().workspace(),
                run.key().workflow(),
                when,
                RunWords.word(run.status()));
    }

    private static boolean matches(List<String> words, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return words.stream().allMatch(lower::contains);
    }

    private record Part(RunState run, TaskState task) {
        boolean named(String word) {
            return task.name().toLowerCase(Locale.ROOT).contains(word);
        }

        TaskChoice choice() {
            return new TaskChoice(run.key(), task.name());
        }
    }
}
