package io.tailrace.desktop.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which measures stand first, and in which order, by their titles. FX thread only. */
final class Pins {

    private static final int MAX = 100;

    private final List<String> titles = new ArrayList<>();

    boolean pinned(String title) {
        return titles.contains(title);
    }

    void toggle(String title) {
        if (!titles.remove(title) && titles.size() < MAX) {
            titles.add(title);
        }
    }

    /** Brings a pinned measure nearer to the front or farther from it. */
    void move(String title, int by) {
        int at = titles.indexOf(title);
        int to = Math.clamp(at + by, 0, titles.size() - 1);
        if (at >= 0 && to != at) {
            titles.remove(at);
            titles.add(to, title);
        }
    }

    /** Pinned measures first, in their order; the others stay as they are. */
    List<MetricTile> arranged(List<MetricTile> tiles) {
        List<MetricTile> sorted = new ArrayList<>(tiles);
        sorted.sort(
                Comparator.comparingInt(tile -> {
                    int at = titles.indexOf(tile.title());
                    return at < 0 ? Integer.MAX_VALUE : at;
                }));
        return sorted;
    }

    List<String> titles() {
        return List.copyOf(titles);
    }

    void restore(List<String> kept) {
        titles.clear();
        kept.stream().distinct().limit(MAX).forEach(titles::add);
    }
}
