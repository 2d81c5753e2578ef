package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.connection.ConnectionModel;
import io.tailrace.desktop.connection.Standing;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.theme.Nodes;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableNumberValue;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongFunction;

/** The truth about the connection, in one line. */
final class StatusBar extends HBox {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final ConnectionModel connection;

    /**
     * What a click opens.
     *
     * @param details all that is known about the connection
     * @param letters what the gateway could not take
     */
    record Doors(Runnable details, Runnable letters) {}

    /** A line that follows what a window shows; clicking its notice clears that. */
    StatusBar(Content content, Gestures gestures, Doors doors) {
        this.connection = content.connection();
        getStyleClass().add("status-bar");
        getChildren()
                .addAll(
                        standing(doors.details()),
                        reconnect(gestures),
                        number(
                                connection.received(),
                                n -> text("shell.received", Numbers.grouped(n))),
                        kept(),
                        rare(
                                number(
                                        connection.perSecond(),
                                        n -> text("text.perSecond", Numbers.grouped(n))),
                                1000),
                        lag(),
                        complaint(connection.gaps(), n -> count("shell.gaps", n)),
                        complaint(
                                connection.unreadable(),
                                n -> text("shell.unreadable", Numbers.grouped(n))),
                        rare(number(connection.channels(), n -> count("shell.channels", n)), 1100),
                        letters(content.letters(), doors.letters()),
                        Nodes.spacer(),
                        notice(content.notice()),
                        rare(gateway(), 800),
                        clock());
    }

    private HBox standing(Runnable details) {
        Circle dot = new Circle(5);
        dot.getStyleClass().add("dot");
        Label words = new Label();
        words.setId("standing");
        words.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                this::words,
                                connection.standing(),
                                connection.reason(),
                                connection.countdown()));
        Tooltip reason = new Tooltip();
        reason.textProperty().bind(words.textProperty());
        words.setTooltip(reason);
        words.setMinWidth(70);
        connection
                .standing()
                .subscribe(standing -> {
                    Nodes.state(dot, color(standing));
                    Nodes.state(words, color(standing));
                });
        HBox box = new HBox(6, dot, words);
        box.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        box.setId("connection");
        box.getStyleClass().add("status-standing");
        box.setFocusTraversable(true);
        box.setAccessibleRole(AccessibleRole.BUTTON);
        box.accessibleTextProperty()
                .bind(words.textProperty().map(text -> text("shell.standing.help", text)));
        box.setOnMouseClicked(_ -> details.run());
        box.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE) {
                details.run();
                event.consume();
            }
        });
        return box;
    }

    private String words() {
        String reason = connection.reason().get();
        Standing standing = connection.standing().get();
        return switch (standing) {
            case CONNECTED -> standing.word();
            case POLLING -> reason;
            case CONNECTING ->
                    reason.isEmpty() ? standing.word() : text("shell.connecting", reason);
            case WAITING ->
                    text(
                            "shell.reconnecting",
                            seconds(String.valueOf(connection.countdown().get())),
                            reason);
            case OFFLINE -> text("shell.offline", reason);
            case SAVED -> reason;
        };
    }

    private Hyperlink reconnect(Gestures gestures) {
        Hyperlink link = new Hyperlink(text("shell.reconnect.link"));
        link.setId("reconnect");
        link.setMinWidth(Region.USE_PREF_SIZE);
        link.setOnAction(_ -> gestures.reconnect());
        Nodes.showWhen(
                link,
                connection
                        .standing()
                        .isEqualTo(Standing.WAITING)
                        .or(connection.standing().isEqualTo(Standing.OFFLINE)));
        return link;
    }

    private static Hyperlink letters(Drawer drawer, Runnable open) {
        Hyperlink link = new Hyperlink();
        link.setId("dead-letters");
        link.getStyleClass().add("warn");
        link.setMinWidth(Region.USE_PREF_SIZE);
        link.textProperty().bind(drawer.badge());
        link.setTooltip(new Tooltip(text("shell.letters.help")));
        link.setOnAction(_ -> open.run());
        Nodes.showWhen(link, link.textProperty().isNotEmpty());
        return link;
    }

    private Label lag() {
        Label label = new Label();
        label.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        connection.catchingUp().get()
                                                        || connection.behind().get() > 0
                                                ? behind(connection.behind().get())
                                                : text("shell.lag", lag(connection.lagP99().get())),
                                connection.lagP99(),
                                connection.behind(),
                                connection.catchingUp()));
        Tooltip both = new Tooltip();
        both.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () ->
                                        text(
                                                "shell.lag.help",
                                                lag(connection.lagMedian().get()),
                                                lag(connection.lagP99().get())),
                                connection.lagMedian(),
                                connection.lagP99()));
        label.setTooltip(both);
        Nodes.showWhen(
                label,
                BooleanExpression.booleanExpression(connection.catchingUp())
                        .or(connection.lagP99().greaterThanOrEqualTo(0)));
        return fixed(label);
    }

    private static String behind(long entries) {
        return entries == 0
                ? text("shell.catchingUp")
                : text("shell.catchingUp.behind", Numbers.grouped(entries));
    }

    private Label notice(StringProperty notice) {
        Label label = Nodes.label("", "warn");
        label.setId("notice");
        label.textProperty().bind(notice);
        label.setTooltip(new Tooltip(text("shell.notice.help")));
        label.setOnMouseClicked(_ -> notice.set(""));
        label.setMinWidth(0);
        Nodes.showWhen(label, notice.isNotEmpty());
        return label;
    }

    private Label gateway() {
        Label label = new Label(text("shell.gateway", connection.gateway().getAuthority()));
        label.setTooltip(new Tooltip(connection.gateway().toString()));
        return fixed(label);
    }

    private Label clock() {
        Label label = new Label();
        Tooltip utc = new Tooltip();
        label.setTooltip(utc);
        connection
                .time()
                .subscribe(time -> {
                    label.setText(at(time, ZoneId.systemDefault()));
                    utc.setText(text("shell.utc", at(time, ZoneOffset.UTC)));
                });
        return fixed(label);
    }

    private Label number(ObservableNumberValue value, LongFunction<String> words) {
        Label label = new Label();
        label.textProperty()
                .bind(Bindings.createStringBinding(() -> words.apply(value.longValue()), value));
        return fixed(label);
    }

    /** A number that is only told when there is something to complain about. */
    private Label complaint(ObservableNumberValue value, LongFunction<String> words) {
        Label label = number(value, words);
        label.getStyleClass().add("warn");
        Nodes.showWhen(label, Bindings.greaterThan(value, 0));
        return label;
    }

    /** What an earlier start has left; of interest while nothing new arrives. */
    private Label kept() {
        Label label = number(connection.restored(), n -> text("shell.kept", Numbers.grouped(n)));
        Nodes.showWhen(
                label,
                connection.restored().greaterThan(0).and(connection.received().isEqualTo(0)));
        return label;
    }

    /** Leaves the line when the window is narrower than this. */
    private Label rare(Label label, double least) {
        Nodes.showWhen(label, widthProperty().greaterThanOrEqualTo(least));
        return label;
    }

    private static Label fixed(Label label) {
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static String color(Standing standing) {
        return switch (standing) {
            case CONNECTED -> "ok";
            case CONNECTING, SAVED -> "";
            case POLLING, WAITING -> "warn";
            case OFFLINE -> "error";
        };
    }

    private static String at(Instant time, ZoneId zone) {
        return CLOCK.format(time.atZone(zone));
    }

    /** A lag as people say it. */
    static String lag(long millis) {
        if (millis < 0) {
            return text("shell.lag.unknown");
        }
        if (millis < 1000) {
            return text("text.unit.ms", String.valueOf(millis));
        }
        return millis < 60_000
                ? seconds(String.format(Locale.ROOT, "%.1f", millis / 1000.0))
                : text("shell.lag.minutes", Numbers.grouped(millis / 60_000));
    }

    private static String seconds(String number) {
        return text("text.unit.s", number);
    }
}
