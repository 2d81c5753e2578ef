package io.tailrace.server.bench;

import io.tailrace.server.bench.ComparisonBench.Cell;
import io.tailrace.server.bench.ComparisonBench.Way;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Three panels of bars with a logarithmic scale, in colours that can be told apart on a light and
 * on a dark ground.
 *
 * @param cells what was measured
 */
record ComparisonPlot(List<Cell> cells) {

    private static final int WIDTH = 860;
    private static final int HEIGHT = 300;
    private static final int PANEL = 280;
    private static final int TOP = 62;
    private static final int BOTTOM = 250;
    private static final int BAR = 18;
    private static final String INK = "#7d8590";

    /** Copies. */
    ComparisonPlot {
        cells = List.copyOf(cells);
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="11" fill="%s" role="img">
                <title>Latency, queries and bytes at the database of three ways of a document to its viewers</title>
                """
                        .formatted(WIDTH, HEIGHT, INK));
        int x = 8;
        for (Way way : Way.values()) {
            line(
                    svg,
                    "<rect x=\"%d\" y=\"8\" width=\"11\" height=\"11\" fill=\"%s\"/>"
                            .formatted(x, way.colour));
            line(svg, "<text x=\"%d\" y=\"18\">%s</text>".formatted(x + 16, way.words));
            x += 40 + 6 * way.words.length();
        }
        panel(svg, 0, "latency p50 in ms (line: p99)", Cell::p50, 1, 10_000);
        panel(svg, 1, "queries a minute at the database", Cell::queries, 1, 1_000);
        panel(svg, 2, "KB a minute at the database", cell -> cell.bytes() / 1e3, 1, 10_000);
        return svg.append("</svg>\n").toString();
    }

    private void panel(
            StringBuilder svg,
            int number,
            String title,
            ToDoubleFunction<Cell> value,
            double least,
            double most) {
        int left = number * PANEL + 44;
        line(
                svg,
                "<text x=\"%d\" y=\"%d\" font-weight=\"bold\">%s</text>"
                        .formatted(left, TOP - 16, title));
        for (double tick = least; tick <= most * 1.01; tick *= 10) {
            long y = y(tick, least, most);
            line(
                    svg,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-opacity=\"0.35\"/>"
                            .formatted(left, left + PANEL - 60, y, y, INK));
            line(
                    svg,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%d</text>"
                            .formatted(left - 4, y + 4, Math.round(tick)));
        }
        List<Integer> counts = cells.stream().map(Cell::viewers).distinct().sorted().toList();
        for (int group = 0; group < counts.size(); group++) {
            int begin = left + 6 + group * 73;
            int viewers = counts.get(group);
            line(
                    svg,
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%d viewer%s</text>"
                            .formatted(
                                    begin + 3 * BAR / 2 + 2,
                                    BOTTOM + 16,
                                    viewers,
                                    viewers == 1 ? "" : "s"));
            for (Cell cell : cells) {
                if (cell.viewers() == viewers) {
                    int x = begin + cell.way().place * (BAR + 2);
                    bar(svg, x, y(value.applyAsDouble(cell), least, most), cell);
                    if (number == 0) {
                        whisker(svg, x + BAR / 2, y(cell.p99(), least, most), cell);
                    }
                }
            }
        }
    }

    private static void bar(StringBuilder svg, int x, long y, Cell cell) {
        line(
                svg,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"/>"
                        .formatted(x, y, BAR, Math.max(1, BOTTOM - y), cell.way().colour));
    }

    private static void whisker(StringBuilder svg, int x, long y, Cell cell) {
        line(
                svg,
                "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\"/>"
                        .formatted(x - BAR / 2, x + BAR / 2, y, y, cell.way().colour));
    }

    private static long y(double value, double least, double most) {
        double inside = Math.min(most, Math.max(least, value));
        double part = Math.log(inside / least) / Math.log(most / least);
        return Math.round(BOTTOM - part * (BOTTOM - TOP));
    }

    private static void line(StringBuilder svg, String line) {
        svg.append(line).append('\n');
    }
}
