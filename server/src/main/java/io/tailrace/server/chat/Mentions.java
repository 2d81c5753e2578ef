package io.tailrace.server.chat;

import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a question mentions by name.
 *
 * @param runs the known runs of the id it mentions, the newest first; empty without one
 * @param task the task it mentions, or null
 * @param workflow the workflow it mentions, or null
 * @param phrases what stands in quotation marks and is no name
 * @param masked the question in plain words, names replaced by {@code @run}, {@code @task} and
 *     {@code @workflow}
 */
record Mentions(
        List<RunState> runs,
        @Nullable String task,
        @Nullable String workflow,
        List<String> phrases,
        String masked) {

    private static final int MAX_TASKS = 20_000; // names compared with, of the newest runs
    private static final Pattern QUOTED = Pattern.compile("[\"“„`]([^\"“”„`]{1,200})[\"”“`]");

    /** Finds names of known runs, tasks and workflows; the longest that fits wins. */
    static Mentions in(String question, List<RunState> known) {
        String text = question.replace('@', ' ');
        String plain = " " + Vocabulary.plain(text) + " ";
        List<String> quoted = QUOTED.matcher(text).results().map(r -> r.group(1).strip()).toList();
        List<Name> found = new ArrayList<>();
        names(known)
                .forEach((name, kind) -> {
                    Name candidate = new Name(name, kind);
                    if (candidate.mentionedIn(plain, quoted)) {
                        found.add(candidate);
                    }
                });
        found.sort(Comparator.comparingInt(Name::length).reversed());
        Map<String, String> first = new HashMap<>();
        String masked = plain;
        for (Name name : found) {
            String without = masked.replace(" " + name.plain() + " ", " @" + name.kind() + " ");
            if (!without.equals(masked)) {
                first.putIfAbsent(name.kind(), name.name());
                masked = without;
            }
        }
        String run = first.get("run");
        return new Mentions(
                run == null
                        ? List.of()
                        : known.stream().filter(r -> r.key().run().equals(run)).toList(),
                first.get("task"),
                first.get("workflow"),
                quoted.stream().filter(q -> !first.containsValue(q)).toList(),
                canonical(masked));
    }

    /** A word that stands where a name of that kind would, but is none: "task foo", "foo task". */
    static @Nullable String unknownName(String question, String kinds, String masked) {
        Pattern after = Pattern.compile("(?i)\\b(?:" + kinds + ")\\s+[\"'`“]?([\\w.:/-]{2,100})");
        Pattern before = Pattern.compile("(?i)([\\w.:/-]{2,100})[\"'`”]?\\s+(?:" + kinds + ")\\b");
        return List.of(after, before).stream()
                .flatMap(p -> p.matcher(question).results())
                .map((MatchResult r) -> r.group(1).replaceAll("[.:/-]+$", ""))
                .filter(name -> looksLikeAName(name, masked))
                .findFirst()
                .orElse(null);
    }

    private static boolean looksLikeAName(String name, String masked) {
        List<String> words = Vocabulary.words(Vocabulary.plain(name));
        return !words.isEmpty()
                && !words.stream().allMatch(Vocabulary::known)
                && (" " + masked + " ").contains(" " + canonical(String.join(" ", words)) + " ");
    }

    private static Map<String, String> names(List<RunState> known) {
        Map<String, String> names = new HashMap<>();
        int tasks = 0;
        for (RunState run : known) {
            names.put(run.key().workflow(), "workflow");
            for (TaskState task : run.tasks()) {
                if (tasks++ < MAX_TASKS) {
                    names.put(task.name(), "task");
                }
            }
        }
        known.forEach(run -> names.put(run.key().run(), "run"));
        return names;
    }

    private static String canonical(String masked) {
        return Vocabulary.words(masked).stream()
                .map(Vocabulary::canon)
                .collect(Collectors.joining(" "));
    }

    /** Something that is known by a name. */
    private record Name(String name, String kind, String plain) {
        Name(String name, String kind) {
            this(name, kind, Vocabulary.plain(name));
        }

        int length() {
            return plain.length();
        }

        /**
         * A name that is also a plain word or a number only counts with "task" or "run" before it.
         */
        boolean mentionedIn(String text, List<String> quoted) {
            if (plain.isEmpty() || !text.contains(" " + plain + " ")) {
                return false;
            }
            List<String> words = Vocabulary.words(plain);
            boolean plainWord =
                    plain.length() == 1
                            || words.stream().allMatch(Vocabulary::known)
                            || plain.chars().allMatch(c -> Character.isDigit(c) || c == ' ');
            return !plainWord
                    || quoted.contains(name)
                    || text.contains(" " + kind + " " + plain + " ");
        }
    }
}
