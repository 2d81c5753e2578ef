package io.tailrace.server.bench;

import io.tailrace.server.bench.ComparisonBench.Cell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The table of a comparison.
 *
 * @param seconds of each measurement
 * @param perSecond documents inserted
 * @param load of the machine over the last quarter of an hour
 */
record ComparisonReport(List<Cell> cells, int seconds, int perSecond, String load) {

    private static final String BEGIN = "<!-- written by ComparisonBench -->\n";
    private static final String END = "<!-- until here -->\n";
    private static final String HEAD =
            """
            | documents come to viewers as | viewers | latency p50 | p99 | queries a minute | other commands | KB a minute at the database | CPU: database | gateway | viewers |
            |---|---|---|---|---|---|---|---|---|---|
            """;

    /** Copies. */
    ComparisonReport {
        cells = List.copyOf(cells);
    }

    static String row(Cell cell) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %,.0f | %,.0f | %,.0f | %s | %s | %s |",
                cell.way().words,
                cell.viewers(),
                time(cell.p50()),
                time(cell.p99()),
                cell.queries(),
                cell.others(),
                cell.bytes() / 1e3,
                share(cell.cpu()[0]),
                share(cell.cpu()[1]),
                share(cell.cpu()[2]));
    }

    private static String time(double millis) {
        return String.format(Locale.ROOT, millis < 100 ? "%.1f ms" : "%,.0f ms", millis);
    }

    /** Milliseconds a second as a share of one processor. */
    private static String share(double millis) {
        return String.format(Locale.ROOT, "%.1f %%", millis / 10);
    }

    /** Puts table and plot into the documentation of the module in this folder. */
    void write(Path module) throws IOException {
        Files.writeString(
                module.resolve("docs").resolve("comparison.svg"), new ComparisonPlot(cells).svg());
        StringBuilder text = new StringBuilder(BEGIN);
        text.append("\n![Latency, queries and bytes of the three ways](docs/comparison.svg)\n\n");
        text.append(HEAD);
        cells.forEach(cell -> text.append(row(cell)).append('\n'));
        text.append(
                """

                %d s each with %d documents a second, one run, %d shared cores (load %s); CPU in shares of one core.
                """
                        .formatted(
                                seconds,
                                perSecond,
                                Runtime.getRuntime().availableProcessors(),
                                load));
        text.append(END);
        Path readme = module.resolve("README.md");
        String before = Files.readString(readme);
        int begin = before.indexOf(BEGIN);
        int end = before.indexOf(END);
        if (begin < 0 || end < begin) {
            System.out.println(text);
            throw new IOException("The README has no place for the table: " + BEGIN + END);
        }
        Files.writeString(
                readme, before.substring(0, begin) + text + before.substring(end + END.length()));
    }
}
