package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.theme.Nodes;

import javafx.geometry.VPos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Every key there is, on one card: the tables that bind them are the tables that are shown. */
final class HelpSheet extends VBox {

    private static final int COLUMNS = 3;
    private static final double COLUMN = 330;

    HelpSheet(List<KeyTable> tables, Runnable close) {
        getStyleClass().add("sheet-card");
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        List<VBox> columns = Stream.generate(() -> new VBox(14)).limit(COLUMNS).toList();
        int[] rows = new int[COLUMNS];
        for (KeyTable table : tables) { // each into the column that is shortest so far
            int shortest =
                    Stream.iterate(0, i -> i < COLUMNS, i -> i + 1)
                            .min(Comparator.comparingInt(i -> rows[i]))
                            .orElse(0);
            rows[shortest] += table.lines().size() + 2;
            columns.get(shortest).getChildren().add(section(table));
        }
        HBox all = new HBox(28);
        for (VBox column : columns) {
            column.setPrefWidth(COLUMN);
            column.setMinWidth(0);
            HBox.setHgrow(column, Priority.ALWAYS);
        }
        all.getChildren().addAll(columns);
        ScrollPane scroll = new ScrollPane(all);
        scroll.getStyleClass().add("bare-scroll");
        scroll.setFocusTraversable(true);
        scroll.setAccessibleText(text("shell.help.all"));
        scroll.setFitToWidth(true);
        getChildren()
                .addAll(
                        Nodes.label(text("shell.help.title"), "heading"),
                        scroll,
                        Nodes.button(text("shell.close"), close));
    }

    private static VBox section(KeyTable table) {
        GridPane grid = new GridPane(14, 4);
        int row = 0;
        for (KeyTable.Line line : table.lines()) {
            Label keys = Nodes.label(line.keys(), "key");
            keys.setMinWidth(Region.USE_PREF_SIZE);
            Label words = Nodes.label(line.words());
            words.setWrapText(true);
            GridPane.setHgrow(words, Priority.ALWAYS);
            GridPane.setValignment(keys, VPos.TOP);
            words.setAccessibleRole(AccessibleRole.TEXT);
            words.setAccessibleText(text("shell.help.read", line.keys(), line.words()));
            grid.addRow(row++, keys, words);
        }
        return new VBox(5, Nodes.label(table.title(), "muted"), grid);
    }
}
