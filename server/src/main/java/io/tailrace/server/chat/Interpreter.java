package io.tailrace.server.chat;

import io.tailrace.model.Level;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Understands one question: what it asks for and which run and task it is about, from its words,
 * the conversation so far and the run that the console shows. Made for one question, confined to
 * its thread.
 */
final class Interpreter {

    private static final Pattern FOLLOW_UP =
            Pattern.compile("^(and|what about|how about|what of|or|also)\\b.*");
    private static final Pattern THE_TASK = Pattern.compile("\\b(that|this|the|same) task\\b");
    private static final Pattern IT = Pattern.compile("\\b(it|its|that|this)\\b");
    private static final Pattern BACK = Pattern.compile("\\b(it|its|that|(the|same) task)\\b");
    private static final Pattern ABOUT_RUNS = Pattern.compile("(@|\\b(run|task|it|that|this)\\b)");
    private static final Pattern TOPIC =
            Pattern.compile("\\b(?:about|with|for|say|says|saying|said)\\b(.*)");

    private final String text;
    private final List<RunState> known;
    private final Mentions mentions;
    private final Reference reference;
    private final @Nullable Memory memory;
    private final @Nullable RunState current;

    Interpreter(
            String text, List<RunState> known, @Nullable RunKey focus, @Nullable Memory memory) {
        this.text = text;
        this.known = known;
        this.memory = memory;
        mentions = Mentions.in(text, known);
        RunState shown = byKey(focus);
        RunState spokenOf = memory == null ? null : byKey(memory.run());
        boolean moved = memory == null || !Objects.equals(focus, memory.focus());
        boolean back =
                BACK.matcher(mentions.masked()).find()
                        || FOLLOW_UP.matcher(mentions.masked()).matches();
        boolean goesOn = shown == null || (!moved && back);
        current = goesOn && spokenOf != null ? spokenOf : shown;
        reference = Reference.in(mentions, known, current);
    }

    /** What it asks for; never a guess. */
    Understood understood() {
        Intent intent = Intents.of(reference.masked()).orElse(null);
        boolean followUp = FOLLOW_UP.matcher(reference.masked()).matches();
        if (memory != null && memory.intent() != null && followUp && weak(intent)) {
            intent = memory.intent();
        }
        String task = task();
        if (intent == null && task != null && mentions.task() != null && words() <= 3) {
            intent = Intent.STATUS;
        }
        if (intent == null || offTopic(intent)) {
            return new Understood(new Question.NotUnderstood(terms()), null, task);
        }
        return new Understood(question(intent, task), intent, task);
    }

    private Question question(Intent intent, @Nullable String task) {
        if (intent == Intent.HELP) {
            return new Question.Help();
        }
        Question unknown = unknown(intent);
        if (unknown != null) {
            return unknown;
        }
        return switch (intent) {
            case FIND -> new Question.FindLines(meant(), task, level(), topic());
            case WHY_FAILED -> whyFailed(task);
            case STATUS -> status(task);
            case LONG ->
                    about(task)
                            .<Question>map(r -> new Question.HowLong(r, in(r, task)))
                            .orElseGet(Question.NoRuns::new);
            case ROWS ->
                    about(task)
                            .<Question>map(r -> new Question.HowManyRows(r, in(r, task)))
                            .orElseGet(Question.NoRuns::new);
            case HELP -> new Question.Help();
        };
    }

    private Question whyFailed(@Nullable String task) {
        if (mentions.task() != null && task != null) {
            Optional<RunState> run = about(task);
            if (run.isPresent()) {
                return new Question.TaskStanding(run.get(), task);
            }
        }
        RunState run = meant();
        boolean pointed = reference.run() != null || IT.matcher(reference.masked()).find();
        if (run != null && (pointed || run.error() != null || FailureAnswer.failedOnce(run))) {
            return new Question.WhyFailed(run);
        }
        return new Question.WhyFailed(null);
    }

    private Question status(@Nullable String task) {
        if (task != null) {
            Optional<RunState> run = about(task);
            if (run.isPresent()) {
                return new Question.TaskStanding(run.get(), task);
            }
        }
        RunState run = reference.run();
        boolean pointed = IT.matcher(reference.masked()).find();
        boolean all =
                Pattern.compile("\\b(what|which|anything|something|everything)\\b")
                        .matcher(reference.masked())
                        .find();
        if (run == null && current != null && (pointed || !all)) {
            run = current;
        }
        return run == null ? new Question.WhatRuns() : new Question.HowFar(run);
    }

    /** The run that is meant by a question that needs one; the newest when nothing says which. */
    private Optional<RunState> about(@Nullable String task) {
        RunState run = meant();
        if (run != null
                && (reference.run() != null || task == null || run.task(task).isPresent())) {
            return Optional.of(run);
        }
        return known.stream().filter(r -> task == null || r.task(task).isPresent()).findFirst();
    }

    private @Nullable RunState meant() {
        return reference.run() == null ? current : reference.run();
    }

    private @Nullable String task() {
        if (mentions.task() != null) {
            return mentions.task();
        }
        if (memory == null || memory.task() == null || reference.run() != null) {
            return null;
        }
        boolean theTask = THE_TASK.matcher(reference.masked()).find();
        boolean it = memory.taskWasMeant() && IT.matcher(reference.masked()).find();
        boolean run = reference.masked().contains(" run");
        return theTask || (it && !run) ? memory.task() : null;
    }

    private static @Nullable String in(RunState run, @Nullable String task) {
        return task == null || run.task(task).isEmpty() ? null : task;
    }

    private @Nullable Question unknown(Intent intent) {
        if (reference.missing() != null) {
            return new Question.Missing(reference.missing());
        }
        if (intent == Intent.FIND) {
            return null; // what is no name is a topic there
        }
        if (mentions.task() == null) {
            String name = Mentions.unknownName(text, "task|step", reference.masked());
            if (name != null) {
                return new Question.Unknown("task", name);
            }
        }
        if (reference.run() == null) {
            String name = Mentions.unknownName(text, "run|job", reference.masked());
            if (name != null) {
                return new Question.Unknown("run", name);
            }
        }
        return null;
    }

    private @Nullable Level level() {
        String words = " " + reference.masked() + " ";
        if (words.contains(" warning ")) {
            return Level.WARN;
        }
        return words.contains(" error ") || words.contains(" fail ") ? Level.ERROR : null;
    }

    /**
     * What the lines should be about: what is quoted, or what follows "about", or unknown words.
     */
    private List<String> topic() {
        if (!mentions.phrases().isEmpty()) {
            return mentions.phrases();
        }
        String plain = Vocabulary.plain(text.replace('@', ' '));
        var after = TOPIC.matcher(plain);
        List<String> topic = new ArrayList<>();
        if (after.find()) {
            for (String word : Vocabulary.words(after.group(1))) {
                if (!Vocabulary.common(word) && free(word)) {
                    topic.add(word);
                }
            }
        }
        return topic.isEmpty() ? terms() : topic;
    }

    /** Words that belong neither to questions nor to names. */
    private List<String> terms() {
        if (!mentions.phrases().isEmpty()) {
            return mentions.phrases();
        }
        return Vocabulary.words(reference.masked()).stream()
                .filter(w -> !w.startsWith("@") && !Vocabulary.known(w) && w.length() > 1)
                .distinct()
                .limit(12)
                .toList();
    }

    /** Whether a word is still there after names and references were masked. */
    private boolean free(String word) {
        return Vocabulary.words(reference.masked()).contains(Vocabulary.canon(word));
    }

    private boolean offTopic(Intent intent) {
        boolean narrow = intent != Intent.FIND && intent != Intent.HELP;
        return narrow
                && terms().size() >= 2
                && mentions.phrases().isEmpty()
                && !ABOUT_RUNS.matcher(reference.masked()).find();
    }

    private boolean weak(@Nullable Intent intent) {
        return intent == null || (intent == Intent.STATUS && words() <= 6);
    }

    private int words() {
        return Vocabulary.words(reference.masked()).size();
    }

    private @Nullable RunState byKey(@Nullable RunKey key) {
        return known.stream().filter(r -> r.key().equals(key)).findFirst().orElse(null);
    }

    /**
     * What came of it.
     *
     * @param intent what it asked for; null when that is not clear
     * @param task the task it is about, or null
     */
    record Understood(Question question, @Nullable Intent intent, @Nullable String task) {}
}
