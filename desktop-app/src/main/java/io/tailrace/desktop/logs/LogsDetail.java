package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.TextClipboard;
import io.tailrace.desktop.text.Texts;

import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.layout.BorderPane;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One whole entry as selectable text: its message, its further lines, its fields. */
final class LogsDetail extends BorderPane {

    private static final int MAX_CHARS = 1 << 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS xxx", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private final LogsModel model;
    private final Label title = new Label();
    private final TextArea text = new TextArea();
    private final FieldTree fields;
    private final SplitPane body = new SplitPane(text);
    private long line = -1;

    /**
     * Shows nothing yet.
     *
     * @param close hides it
     */
    LogsDetail(LogsModel model, TextClipboard clipboard, Runnable close) {
        this.model = model;
        this.fields = new FieldTree(model, clipboard);
        getStyleClass().add("logs-detail");
        text.setEditable(false);

        text.getStyleClass().add("logs-detail-text");
        text.setAccessibleText(Texts.text("logs.detail"));
        setTop(LogsToolbar.heading(title, Texts.text("logs.detail.close"), close));
        setCenter(body);
        setMinHeight(80);
    }

    /** Shows an entry that is held; the same one again changes nothing. */
    void show(long wanted) {
        if (wanted == line || !model.store().holds(wanted)) {
            return;
        }
        line = wanted;
        LineContext context = model.store().context(wanted);
        title.setText(
                Stream.of(
                                TIME.format(Instant.ofEpochMilli(model.store().time(wanted))),
                                context.level().name(),
                                context.source(),
                                context.run() == null
                                        ? context.channel().name()
                                        : context.run().toString(),
                                context.task() == null
                                        ? ""
                                        : Texts.text("logs.task", context.task()),
                                context.attempt() == null
                                        ? ""
                                        : Texts.text("logs.attempt", context.attempt()),
                                "#" + model.store().cursor(wanted).position())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining("   ")));
        text.setText(body(wanted));
        boolean any = fields.show(LogLine.fields(model.store(), wanted));
        if (any != body.getItems().contains(fields)) {
            if (any) {
                body.getItems().add(fields);
                body.setDividerPositions(0.65);
            } else {
                body.getItems().remove(fields);
            }
        }
        text.setScrollTop(0);
    }

    private String body(long wanted) {
        String whole = LogLine.text(model.store(), wanted);
        return whole.length() <= MAX_CHARS
                ? whole
                : whole.substring(0, MAX_CHARS)
                        + "\n"
                        + Texts.count("logs.detail.more", whole.length() - MAX_CHARS);
    }

    /** The fields shown, for tests. */
    FieldTree fields() {
        return fields;
    }

    /** What is shown, for tests. */
    String text() {
        return text.getText();
    }
}
