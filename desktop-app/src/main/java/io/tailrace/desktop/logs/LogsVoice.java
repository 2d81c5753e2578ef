package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.AccessibleAttribute;
import javafx.scene.Node;
import javafx.util.Duration;

/**
 * What a screen reader says of the log: where it stands and the current line when somebody comes to
 * it, and while following, politely, the {@linkplain LogsNews news}: every few seconds at most, and
 * never while scrolled back or paused. FX thread only.
 *
 * <p>JavaFX 26 knows no live regions: there is no role for them and no way to announce a text. What
 * it has is {@link Node#notifyAccessibleAttributeChanged}, which is why the node of the rows itself
 * is the region. On Windows that becomes a changed value of UI Automation, on macOS an {@code
 * AXValueChanged}; Narrator, NVDA and VoiceOver speak those of the node that has the focus, so that
 * who works in another pane is not disturbed. On Linux JavaFX has no accessibility at all: nobody
 * is ever heard to listen, and nothing is done.
 */
final class LogsVoice {

    private static final Duration EVERY = Duration.seconds(4);

    private final LogsModel model;
    private final Node node;
    private final ObservableBooleanValue listened;
    private final LogsNews news;
    private final PauseTransition breath;
    private boolean following;
    private long current = -1;

    /**
     * Speaks through the node of the rows.
     *
     * @param listened whether a screen reader is there; without one there is no news
     */
    LogsVoice(LogsModel model, Node node, ObservableBooleanValue listened) {
        this(model, node, listened, EVERY);
    }

    LogsVoice(LogsModel model, Node node, ObservableBooleanValue listened, Duration every) {
        this.model = model;
        this.node = node;
        this.listened = listened;
        this.news = new LogsNews(model);
        this.breath = new PauseTransition(every);
        breath.setOnFinished(_ -> speak());
        node.focusedProperty().subscribe(_ -> describe(model.statusProperty().get()));
    }

    /** The log stands otherwise than before. */
    void hear(LogsStatus status) {
        LineSelection selection = model.screen().selection();
        long line = selection == null ? -1 : selection.caret().line();
        if (status.following() != following || line != current) {
            following = status.following();
            current = line;
            describe(status);
        }
        if (!listened.get()) {
            news.forget();
        } else if (news.any(status) && breath.getStatus() != Animation.Status.RUNNING) {
            breath.playFromStart();
        }
    }

    private void speak() {
        String said = news.tell();
        if (!said.isEmpty()) {
            node.setAccessibleText(said);
            node.notifyAccessibleAttributeChanged(AccessibleAttribute.TEXT);
        }
    }

    /** Where the log stands, for those who come to it. */
    private void describe(LogsStatus status) {
        String stands =
                status.following()
                        ? count("logs.spoken.following", status.shown())
                        : count("logs.spoken.paused", status.shown());
        node.setAccessibleText(
                current >= 0 && model.store().holds(current)
                        ? text(
                                "logs.spoken.current",
                                stands,
                                LogLine.read(model.store(), current).row())
                        : stands);
    }
}
