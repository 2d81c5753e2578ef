package io.tailrace.demo.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Writes the results as a page that any browser shows. */
final class Report implements Task {

    static final String NAME = "report";

    private static final Logger LOG = LoggerFactory.getLogger("demo.Report");
    private static final int KEPT = 20;

    private final Path folder;
    private final Dataset data;

    Report(Path folder, Dataset data) {
        this.folder = folder;
        this.data = data;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of(Aggregate.NAME);
    }

    @Override
    public Explanation explanation() {
        return new Explanation(
                "Where the results go",
                "The last step writes one HTML page per run, and keeps the newest " + KEPT + ".");
    }

    @Override
    public long run(TaskContext context) throws Exception {
        Files.createDirectories(folder);
        Path page = folder.resolve(context.run().run() + ".html");
        Files.writeString(page, html(context.run().run()));
        removeOld();
        LOG.info("The report is {}", page.toUri());
        return data.tables.size();
    }

    private String html(String run) {
        StringBuilder html = new StringBuilder();
        html.append("<!doctype html><meta charset=utf-8><title>Run ").append(escaped(run));
        html.append("</title><style>body{font:14px sans-serif;margin:2em}td,th{padding:2px 12px;")
                .append("text-align:left;border-bottom:1px solid #ddd}</style>\n<h1>Run ")
                .append(escaped(run))
                .append("</h1>\n<p>")
                .append(data.jars.size())
                .append(" jars, ")
                .append(data.classCount())
                .append(" classes</p>\n");
        for (Table table : data.tables) {
            html.append("<h2>").append(escaped(table.title())).append("</h2>\n<table>\n");
            row(html, "th", table.columns());
            table.rows().forEach(cells -> row(html, "td", cells));
            html.append("</table>\n");
        }
        return html.toString();
    }

    private static void row(StringBuilder html, String tag, List<String> cells) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append('<').append(tag).append('>').append(escaped(cell));
        }
        html.append("</tr>\n");
    }

    private void removeOld() throws IOException {
        try (Stream<Path> pages = Files.list(folder)) {
            List<Path> old =
                    pages.filter(p -> p.toString().endsWith(".html"))
                            .sorted(Comparator.<Path>naturalOrder().reversed())
                            .skip(KEPT)
                            .toList();
            for (Path page : old) {
                Files.deleteIfExists(page);
            }
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
