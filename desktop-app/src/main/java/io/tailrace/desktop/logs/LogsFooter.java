package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Numbers;

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
    private final Label keys = new Label(text("logs.footer.keys"));

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
        state.setText(
                status.following() ? text("logs.footer.following") : text("logs.footer.paused"));
        state.pseudoClassStateChanged(LogsPane.PAUSED, !status.following());
        unseen.setVisible(status.unseen() > 0);
        unseen.setText(count("logs.footer.unseen", status.unseen()));
        boolean all = status.held() == status.shown();
        lines.setText(
                all
                        ? count("logs.footer.lines", status.lines())
                        : count(
                                "logs.footer.part",
                                status.lines(),
                                Numbers.grouped(status.held())));
        boolean finding = !model.queryProperty().get().isEmpty();
        matches.setText(finding ? matching(status) : "");
        notice.setText(status.notice());
    }

    private static String matching(LogsStatus status) {
        return status.searching()
                ? count("logs.footer.soFar", status.matches())
                : count("logs.footer.matches", status.matches());
    }
}
