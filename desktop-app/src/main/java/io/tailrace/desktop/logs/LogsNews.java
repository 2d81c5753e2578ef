package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.count;

import io.tailrace.desktop.text.Numbers;
import io.tailrace.model.Level;

import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What arrived since it was told last, in a sentence: how many lines of those shown, and the newest
 * error or warning among them. Only while following: who reads further up is told nothing, and what
 * came meanwhile is no news any more when they follow again. FX thread, no toolkit.
 */
final class LogsNews {

    private static final int LONGEST = 200; // characters of a line that are said
    private static final int TRIES = 100; // for a grave line that the filter's texts let through

    private final LogsModel model;
    private boolean following;
    private long told; // the newest line when it was told last

    LogsNews(LogsModel model) {
        this.model = model;
    }

    /** Takes note of how the log stands; whether there is news. */
    boolean any(LogsStatus status) {
        if (!status.following() || !following) {
            following = status.following();
            told = newest();
            return false;
        }
        return newest() > told;
    }

    /** What is shown from now on is news, what is shown already is not. */
    void forget() {
        following = false;
    }

    /** The news; empty when there is none. From now on it is none. */
    String tell() {
        LineList lines = model.view().lines();
        long since = told;
        told = newest();
        long number = lines.size() - Math.max(lines.first(), lines.lowerBound(since + 1));
        if (!following || !model.view().viewport().following() || number <= 0) {
            return "";
        }
        String all = Numbers.grouped(lines.count());
        OptionalLong grave = newestGrave(since);
        if (grave.isEmpty()) {
            return count("logs.news", number, all);
        }
        LogLine line = LogLine.read(model.store(), grave.getAsLong());
        return line.context().level() == Level.ERROR
                ? count("logs.news.error", number, all, words(line))
                : count("logs.news.warning", number, all, words(line));
    }

    private long newest() {
        LineList lines = model.view().lines();
        return lines.count() == 0 ? -1 : lines.get(lines.size() - 1);
    }

    private OptionalLong newestGrave(long since) {
        long before = told + 1;
        for (int i = 0; i < TRIES; i++) {
            OptionalLong grave =
                    model.store().seek(before, false, c -> c.level().compareTo(Level.WARN) >= 0);
            if (grave.isEmpty() || grave.getAsLong() <= since) {
                return OptionalLong.empty();
            }
            if (model.view().lines().contains(grave.getAsLong())) {
                return grave;
            }
            before = grave.getAsLong();
        }
        return OptionalLong.empty();
    }

    /** As it is shown, without what only colours it. */
    private static String words(LogLine line) {
        String row = line.row();
        String first = row.length() <= LONGEST ? row : row.substring(0, LONGEST);
        return new RowText(first)
                .runs().stream().map(RowText.Run::text).collect(Collectors.joining());
    }
}
