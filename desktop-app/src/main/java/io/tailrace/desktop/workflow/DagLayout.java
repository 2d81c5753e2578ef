package io.tailrace.desktop.workflow;

import io.tailrace.model.TaskState;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the tasks of a run and the lines between them stand: layers from left to right by the
 * longest path, ordered within a layer by the barycentre of their neighbours. Units are layers and
 * rows, not pixels. A cycle is cut where it is found, names that no task has are passed over.
 */
final class DagLayout {

    private static final int SWEEPS = 6;

    private final List<String> names;
    private final int[][] before; // indexes of the tasks that come first, without those of cycles
    private final int[][] after;
    private final int[] layer;
    private final double[] row;
    private final int layers;
    private double rows;

    private DagLayout(List<String> names, List<List<String>> dependencies) {
        this.names = List.copyOf(names);
        this.before = indexes(this.names, dependencies);
        this.layer = new int[names.size()];
        List<Integer> order = cutCycles();
        this.after = reversed();
        for (int task : order) {
            for (int first : before[task]) {
                layer[task] = Math.max(layer[task], layer[first] + 1);
            }
        }
        this.layers = Arrays.stream(layer).max().orElse(-1) + 1;
        this.row = new double[names.size()];
        place();
    }

    /** Lays out tasks. */
    static DagLayout of(List<TaskState> tasks) {
        return new DagLayout(
                tasks.stream().map(TaskState::name).toList(),
                tasks.stream().map(TaskState::after).toList());
    }

    /** Whether these tasks would be laid out the same. */
    static boolean same(List<TaskState> one, List<TaskState> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).name().equals(other.get(i).name())
                    || !one.get(i).after().equals(other.get(i).after())) {
                return false;
            }
        }
        return true;
    }

    /** How many layers there are. */
    int layers() {
        return layers;
    }

    /** How many rows there are. */
    double rows() {
        return rows;
    }

    /** The layer of a task, from 0 at the left. */
    int layer(int task) {
        return layer[task];
    }

    /** The row of a task, from 0 at the top; may be a fraction. */
    double row(int task) {
        return row[task];
    }

    /** The tasks that come directly before a task. */
    int[] before(int task) {
        return before[task].clone();
    }

    /** How many tasks there are. */
    int size() {
        return names.size();
    }

    private static int[][] indexes(List<String> names, List<List<String>> dependencies) {
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            index.putIfAbsent(names.get(i), i);
        }
        int[][] result = new int[names.size()][];
        for (int i = 0; i < result.length; i++) {
            int self = i;
            result[i] =
                    dependencies.get(i).stream()
                            .distinct()
                            .map(index::get)
                            .filter(known -> known != null && known != self)
                            .mapToInt(Integer::intValue)
                            .toArray();
        }
        return result;
    }

    /** Removes the edges that close cycles; returns the tasks so that the first come first. */
    private List<Integer> cutCycles() {
        int count = before.length;
        byte[] state = new byte[count]; // 0 not met, 1 on the path, 2 done
        int[] next = new int[count];
        List<Integer> order = new ArrayList<>(count);
        Deque<Integer> path = new ArrayDeque<>();
        for (int root = 0; root < count; root++) {
            if (state[root] == 0) {
                path.push(root);
                state[root] = 1;
            }
            while (!path.isEmpty()) {
                int task = path.peek();
                if (next[task] == before[task].length) {
                    state[task] = 2;
                    order.add(task);
                    path.pop();
                    continue;
                }
                int first = before[task][next[task]];
                if (state[first] == 1) {
                    before[task] = without(before[task], next[task]);
                    continue;
                }
                next[task]++;
                if (state[first] == 0) {
                    state[first] = 1;
                    path.push(first);
                }
            }
        }
        return order;
    }

    private int[][] reversed() {
        List<List<Integer>> lists = new ArrayList<>();
        for (int i = 0; i < before.length; i++) {
            lists.add(new ArrayList<>());
        }
        for (int i = 0; i < before.length; i++) {
            for (int first : before[i]) {
                lists.get(first).add(i);
            }
        }
        return lists.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private void place() {
        List<List<Integer>> columns = new ArrayList<>();
        for (int i = 0; i < layers; i++) {
            columns.add(new ArrayList<>());
        }
        for (int i = 0; i < layer.length; i++) {
            columns.get(layer[i]).add(i);
        }
        columns.forEach(this::number);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean forward = sweep % 2 == 0;
            for (int i = 0; i < layers; i++) {
                order(columns.get(forward ? i : layers - 1 - i), forward ? before : after);
            }
        }
        rows = columns.stream().mapToInt(List::size).max().orElse(0);
        for (List<Integer> column : columns) { // shorter columns stand in the middle
            double shift = (rows - column.size()) / 2.0;
            for (int task : column) {
                row[task] += shift;
            }
        }
        columns.forEach(this::straighten);
    }

    private void order(List<Integer> column, int[][] neighbours) {
        Map<Integer, Double> centre = new HashMap<>();
        for (int task : column) {
            centre.put(task, centre(task, neighbours));
        }
        column.sort(
                (a, b) -> Double.compare(centre.getOrDefault(a, 0.0), centre.getOrDefault(b, 0.0)));
        number(column);
    }

    private void number(List<Integer> column) {
        for (int i = 0; i < column.size(); i++) {
            row[column.get(i)] = i;
        }
    }

    /** Draws tasks level with those before them, as far as the others of the column let them. */
    private void straighten(List<Integer> column) {
        double lowest = 0;
        for (int i = 0; i < column.size(); i++) {
            int task = column.get(i);
            double highest = rows - (column.size() - i);
            row[task] = Math.clamp(centre(task, before), lowest, Math.max(lowest, highest));
            lowest = row[task] + 1;
        }
    }

    private double centre(int task, int[][] neighbours) {
        return Arrays.stream(neighbours[task]).mapToDouble(n -> row[n]).average().orElse(row[task]);
    }

    private static int[] without(int[] values, int place) {
        int[] rest = new int[values.length - 1];
        System.arraycopy(values, 0, rest, 0, place);
        System.arraycopy(values, place + 1, rest, place, rest.length - place);
        return rest;
    }
}
