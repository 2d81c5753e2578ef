package io.tailrace.desktop.logs;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** One line that says where the log stands, and the keys. */
final class LogsFooter extends HBox {

    private final LogsModel model;
    private final Label state = new Label();
    private final Button unseen = new Button();
    private final Label lines = new Label();
    private final Label matches = new Label();
    private final Label notice = new Label();
    private final Label keys = new Label("F follow   / find   E next error   ? keys");

    LogsFooter(LogsModel model) {
        this.model = model;
        getStyleClass().add("logs-footer");
        setAlignment(Pos.CENTER_LEFT);
        state.getStyleClass().add("logs-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        unseen.getStyleClass().add("logs-unseen");
        unseen.setFocusTraversable(false);
        unseen.managedProperty().bind(unseen.visibleProperty());
        unseen.setMinWidth(Region.USE_PREF_SIZE);
        unseen.setOnAction(e -> model.follow());
        notice.getStyleClass().add("logs-notice");
        Region space = new Region();
        setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(state, unseen, lines, matches, notice, space, keys);
        model.statusProperty().subscribe(this::show);
    }

    private void show(LogsStatus status) {
        state.setText(status.following() ? "● following" : "○ paused");
        state.pseudoClassStateChanged(LogsPane.PAUSED, !status.following());
        unseen.setVisible(status.unseen() > 0);
        unseen.setText(counted(status.unseen(), "new line") + " ↓");
        boolean all = status.held() == status.shown();
        lines.setText(
                all
                        ? counted(status.lines(), "line")
                        : "%s of %,d entries"
                                .formatted(counted(status.lines(), "line"), status.held()));
        boolean finding = !model.queryProperty().get().isEmpty();
        matches.setText(finding ? matching(status) : "");
        notice.setText(status.notice());
    }

    private static String matching(LogsStatus status) {
        return counted(status.matches(), "line")
                + (status.matches() == 1 ? " matches" : " match")
                + (status.searching() ? " so far" : "");
    }

    private static String counted(long number, String what) {
        return "%,d %s%s".formatted(number, what, number == 1 ? "" : "s");
    }
}
