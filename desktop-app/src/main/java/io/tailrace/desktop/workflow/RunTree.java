package io.tailrace.desktop.workflow;

import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Puts runs below those who started them, whatever engine they run in. A parent that is not known
 * makes no difference, and a circle of parents is cut where it is met first.
 */
final class RunTree {

    private static final int MAX_DEPTH = 50;

    private final Map<RunKey, RunState> known = new HashMap<>();
    private final Map<RunKey, List<RunState>> children = new HashMap<>();
    private final Predicate<RunState> wanted;
    private final BiPredicate<RunState, Integer> open;
    private final List<RunRow> rows = new ArrayList<>();

    private RunTree(Predicate<RunState> wanted, BiPredicate<RunState, Integer> open) {
        this.wanted = wanted;
        this.open = open;
    }

    /**
     * The rows of the list.
     *
     * @param all the runs, newest first
     * @param wanted which are looked for; those above them are shown, too
     * @param open whether a run that started so many shows them
     */
    static List<RunRow> rows(
            List<RunState> all,
            Predicate<RunState> wanted,
            RunSort sort,
            Instant now,
            BiPredicate<RunState, Integer> open) {
        if (all.stream().allMatch(run -> run.parent() == null)) {
            List<RunState> shown = all.stream().filter(wanted).toList();
            return sort.sorted(shown, now).stream().map(RunRow::of).toList();
        }
        RunTree tree = new RunTree(wanted, open);
        tree.grow(sort.sorted(all, now), tree.roots(all));
        return tree.rows;
    }

    /** Those without a parent; of a circle, the newest. */
    private Set<RunKey> roots(List<RunState> all) {
        all.forEach(run -> known.put(run.key(), run));
        Set<RunKey> roots = new HashSet<>();
        for (RunState run : all) {
            if (parent(run) == null || circles(run, roots)) {
                roots.add(run.key());
            } else {
                children.computeIfAbsent(run.parent(), _ -> new ArrayList<>()).addFirst(run);
            }
        }
        return roots;
    }

    private @Nullable RunState parent(RunState run) {
        return run.parent() == null ? null : known.get(run.parent());
    }

    /** Whether going up leads back to the run, or does not end; a root on the way ends it. */
    private boolean circles(RunState run, Set<RunKey> roots) {
        RunState above = parent(run);
        for (int depth = 1; depth < MAX_DEPTH; depth++) {
            if (above == null || roots.contains(above.key())) {
                return false;
            }
            if (above.key().equals(run.key())) {
                return true;
            }
            above = parent(above);
        }
        return true;
    }

    private void grow(List<RunState> sorted, Set<RunKey> roots) {
        for (RunState run : sorted) {
            if (roots.contains(run.key())) {
                boolean _ = add(run, 0);
            }
        }
    }

    /** Adds a run and those within; whether any of them is wanted. */
    private boolean add(RunState run, int depth) {
        List<RunState> started = children.getOrDefault(run.key(), List.of());
        List<RunState> inside = within(run, new ArrayList<>());
        boolean shows = !started.isEmpty() && open.test(run, inside.size());
        RunRow.Sums sums = RunRow.own(run);
        for (RunState one : shows ? List.<RunState>of() : inside) {
            sums = sums.plus(one);
        }
        int place = rows.size();
        rows.add(new RunRow(run, depth, inside.size(), shows, sums));
        boolean found = wanted.test(run);
        if (shows) {
            for (RunState child : started) {
                found |= add(child, depth + 1);
            }
        } else {
            found |= inside.stream().anyMatch(wanted);
        }
        if (!found) {
            rows.subList(place, rows.size()).clear();
        }
        return found;
    }

    private List<RunState> within(RunState run, List<RunState> all) {
        for (RunState child : children.getOrDefault(run.key(), List.of())) {
            all.add(child);
            List<RunState> _ = within(child, all);
        }
        return all;
    }
}
