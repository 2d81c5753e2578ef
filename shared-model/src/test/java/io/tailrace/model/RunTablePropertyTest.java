package io.tailrace.model;

import static io.tailrace.model.Story.planned;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.wire.EventCodec;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random stories; a failure names its seed by the number of the repetition. */
final class RunTablePropertyTest {

    private static final List<String> TASKS = List.of("a", "b", "c", "d", "e");
    private static final List<String> STATES =
            List.of(
                    "running",
                    "paused",
                    "succeeded",
                    "failed",
                    "skipped",
                    "cancelled",
                    "retrying",
                    "waiting",
                    "odd");

    @RepeatedTest(60)
    void aSnapshotAndWhatFollowsIsTheSameAsEverything(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        List<Entry> entries = Story.numbered(anything(random, 40));
        RunTable whole = new RunTable(2, 3);
        entries.forEach(whole::apply);

        for (int split = 0; split <= entries.size(); split++) {
            RunTable first = new RunTable(2, 3);
            entries.subList(0, split).forEach(first::apply);
            RunTable second = new RunTable(2, 3);
            second.replaceAll(overTheWire(first.runs()));
            entries.subList(split, entries.size()).forEach(second::apply);

            assertThat(second.runs()).as("split at %d", split).isEqualTo(whole.runs());
        }
    }

    @RepeatedTest(60)
    void orderAndDoublesDoNotChangeWhatIsFinal(RepetitionInfo info) {
        Random random = new Random(info.getCurrentRepetition());
        List<Event> story = consistent(random);
        String expected = finalFacts(Story.folded(story));

        for (int i = 0; i < 20; i++) {
            List<Event> shuffled = new ArrayList<>(story);
            story.forEach(event -> {
                if (random.nextInt(3) == 0) {
                    shuffled.add(event);
                }
            });
            Collections.shuffle(shuffled, random);

            assertThat(finalFacts(Story.folded(shuffled))).isEqualTo(expected);
        }
    }

    private static List<RunState> overTheWire(List<RunState> runs) {
        Header header = Header.of(Channel.session("s"), Story.START, Subject.NONE);
        byte[] json = EventCodec.encode(new Event.Snapshot(header, Story.at(0), runs));
        return ((Event.Snapshot) EventCodec.decode(json)).runs();
    }

    /** What no late event may change: ends, errors, attempts, times. Without cursors. */
    private static String finalFacts(RunState run) {
        StringBuilder facts = new StringBuilder();
        facts.append(run.status()).append(run.startedAt()).append(run.endedAt());
        facts.append(run.rows()).append(run.error()).append(run.progress());
        facts.append(run.warnings() > 0).append(run.retryOf());
        for (TaskState task : run.tasks()) {
            facts.append('\n').append(task.name()).append(task.after()).append(task.status());
            facts.append(task.rows()).append(task.progress()).append(task.error());
            for (AttemptState attempt : task.attempts()) {
                facts.append("\n  ").append(attempt.number()).append(attempt.status());
                facts.append(attempt.startedAt()).append(attempt.endedAt()).append(attempt.error());
            }
        }
        return facts.toString();
    }

    /** A run as a sane publisher tells it, with numbered attempts and a stated result. */
    private static List<Event> consistent(Random random) {
        Story story =
                new Story()
                        .starts(
                                planned("a"),
                                planned("b", "a"),
                                planned("c", "a"),
                                planned("d", "b", "c"),
                                planned("e", "d"));
        boolean failed = false;
        for (String task : TASKS) {
            if (failed) {
                break;
            }
            int attempts = 1 + random.nextInt(3);
            for (int attempt = 1; attempt <= attempts; attempt++) {
                story.runs(task, attempt);
                story.progress(task, attempt, random.nextInt(90), (long) random.nextInt(90));
                story.logs(Level.WARN, "hm");
                if (attempt < attempts) {
                    story.fails(task, attempt, task + " try " + attempt, true);
                } else if (random.nextInt(6) == 0) {
                    story.fails(task, attempt, task + " for good", false);
                    failed = true;
                } else {
                    story.completes(task, attempt, 100L + random.nextInt(100));
                }
            }
        }
        return story.ends(
                        failed ? RunStatus.FAILED : RunStatus.SUCCEEDED,
                        failed ? null : (Long) 77L,
                        failed ? "it failed" : null)
                .events();
    }

    /** Anything at all, of five runs, in any order. */
    private static List<Event> anything(Random random, int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int run = random.nextInt(5);
            Story story = new Story(new RunKey("acme", "w" + run % 2, "r" + run));
            for (int skip = random.nextInt(30); skip > 0; skip--) {
                story.logs(Level.INFO, "time passes");
            }
            events.add(event(story, random).events().getLast());
        }
        return events;
    }

    private static Story event(Story story, Random random) {
        String task = TASKS.get(random.nextInt(TASKS.size()));
        Integer attempt = random.nextBoolean() ? null : 1 + random.nextInt(3);
        double percent = random.nextInt(1_000) / 7.0 % 100;
        @Nullable Long rows = random.nextBoolean() ? null : (Long) (long) random.nextInt(100);
        String state = STATES.get(random.nextInt(STATES.size()));
        return switch (random.nextInt(15)) {
            case 0 -> story.starts(planned("b"), planned("a", "b"));
            case 1 -> story.starts();
            case 2 -> story.reaches(percent);
            case 3 -> story.partial(random.nextInt(100));
            case 4 ->
                    story.ends(
                            random.nextBoolean() ? RunStatus.FAILED : RunStatus.SUCCEEDED,
                            rows,
                            random.nextBoolean() ? null : "e" + rows);
            case 5 -> story.says(state, "m" + rows);
            case 6 -> story.goesWrong("wrong " + rows);
            case 7 -> story.logs(Level.ERROR, "x");
            case 8, 9 -> story.progress(task, attempt, percent, rows);
            case 10 -> story.completes(task, attempt, rows);
            case 11 -> story.fails(task, attempt, "e" + rows, random.nextBoolean());
            case 12 -> story.runs(task, attempt);
            default -> story.task(task, attempt, state);
        };
    }
}
