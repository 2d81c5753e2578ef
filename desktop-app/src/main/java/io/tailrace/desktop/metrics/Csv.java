package io.tailrace.desktop.metrics;

import java.time.Instant;
import java.util.List;

/** Measures as a table that spreadsheets read: a line for each point. */
final class Csv {

    private Csv() {}

    /** Points of these measures between two times, both included. */
    static String of(List<MetricTile> tiles, Instant from, Instant to) {
        StringBuilder text = new StringBuilder("time,measure,unit,value\n");
        for (MetricTile tile : tiles) {
            Series series = tile.series();
            for (int i = series.firstFrom(from.getEpochSecond()); i < series.size(); i++) {
                if (series.second(i) > to.getEpochSecond()) {
                    break;
                }
                text.append(Instant.ofEpochSecond(series.second(i))).append(',');
                text.append(quoted(tile.title())).append(',');
                text.append(quoted(tile.unit() == null ? "" : tile.unit())).append(',');
                text.append(series.value(i)).append('\n');
            }
        }
        return text.toString();
    }

    /** A name that begins like a formula is text, too. */
    private static String quoted(String text) {
        String safe =
                !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.contains(",") || safe.contains("\"") || safe.contains("\n")
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
