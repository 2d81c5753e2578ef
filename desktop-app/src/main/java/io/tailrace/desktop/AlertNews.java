package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.alerts.AlertRow;
import io.tailrace.desktop.alerts.AlertsModel;
import io.tailrace.desktop.alerts.Severity;
import io.tailrace.desktop.shell.Notifier;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.time.TimeMark;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Says what has just failed: by a toast in the window, and by the system while nobody looks at the
 * window. Many at once are one. FX thread only.
 */
final class AlertNews {

    private static final Duration QUIET = Duration.ofSeconds(5); // between two of them

    private static final int MAX_MARKS = 500;

    private final Card card;
    private final Notifier notifier;
    private final BooleanSupplier looking;
    private final Consumer<AlertRow> open;
    private final InstantSource clock;
    private Instant last = Instant.MIN;
    private boolean graveLast; // what was said last was a failure
    private @Nullable AlertRow held; // the gravest of those that wait
    private int waiting;

    /** Shows a title and a text in the window, in a tone, and what a click on them opens. */
    @FunctionalInterface
    interface Card {
        void show(String title, String text, String tone, Runnable open);
    }

    /**
     * News for a window.
     *
     * @param card shows it in the window
     * @param notifier shows it elsewhere
     * @param looking whether somebody looks at the window
     * @param open opens what a row is about
     */
    AlertNews(
            Card card,
            Notifier notifier,
            BooleanSupplier looking,
            Consumer<AlertRow> open,
            InstantSource clock) {
        this.card = card;
        this.notifier = notifier;
        this.looking = looking;
        this.open = open;
        this.clock = clock;
    }

    /** What stands on every time axis. */
    static List<TimeMark> marks(AlertsModel alerts) {
        return alerts.rows().stream()
                .filter(row -> row.severity() != Severity.RETRIED)
                .limit(MAX_MARKS)
                .map(row -> new TimeMark(row.at(), row.severity().tone(), row.headline()))
                .toList();
    }

    /** Takes what is new since the last time; also called when nothing is, for what waits. */
    void tell(List<AlertRow> rows) {
        rows.forEach(this::hold);
        AlertRow row = held;
        if (row == null) {
            return;
        }
        Instant now = clock.instant();
        boolean grave = row.severity() == Severity.FAILURE;
        boolean quiet = Duration.between(last, now).compareTo(QUIET) < 0;
        if (quiet && (graveLast || !grave)) {
            return; // said when the quiet time is over
        }
        int more = waiting - 1;
        last = now;
        graveLast = grave;
        held = null;
        waiting = 0;
        String words =
                more == 0
                        ? row.brief()
                        : text("console.news.more", row.brief(), Numbers.grouped(more));
        card.show(
                row.headline(), words, row.severity().tone().styleClass(), () -> open.accept(row));
        if (!looking.getAsBoolean()) {
            notifier.tell(text("console.news.title", row.headline()), words);
        }
    }

    private void hold(AlertRow row) {
        AlertRow before = held;
        boolean graver =
                before == null
                        || (row.severity() == Severity.FAILURE
                                && before.severity() != Severity.FAILURE);
        held = graver ? row : before;
        waiting++;
    }
}
