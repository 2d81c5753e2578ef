package io.tailrace.desktop;

import io.tailrace.desktop.alerts.AlertRow;
import io.tailrace.desktop.alerts.AlertsModel;
import io.tailrace.desktop.alerts.Severity;
import io.tailrace.desktop.shell.Notifier;
import io.tailrace.desktop.shell.Toasts;
import io.tailrace.desktop.text.Numbers;
import io.tailrace.desktop.time.TimeMark;

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

    private final Toasts toasts;
    private final Notifier notifier;
    private final BooleanSupplier looking;
    private final Consumer<AlertRow> open;
    private final InstantSource clock;
    private Instant last = Instant.MIN;
    private int held;

    /**
     * News for a window.
     *
     * @param looking whether somebody looks at it
     * @param open opens what a row is about
     */
    AlertNews(
            Toasts toasts,
            Notifier notifier,
            BooleanSupplier looking,
            Consumer<AlertRow> open,
            InstantSource clock) {
        this.toasts = toasts;
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

    /** Takes what is new since the last time. */
    void tell(List<AlertRow> rows) {
        Instant now = clock.instant();
        if (Duration.between(last, now).compareTo(QUIET) < 0) {
            held += rows.size();
            return;
        }
        last = now;
        AlertRow row =
                rows.stream()
                        .filter(one -> one.severity() == Severity.FAILURE)
                        .findFirst()
                        .orElse(rows.getFirst());
        int more = rows.size() - 1 + held;
        held = 0;
        String text = row.brief() + (more > 0 ? "  (and " + Numbers.grouped(more) + " more)" : "");
        toasts.show(
                row.headline(), text, row.severity().tone().styleClass(), () -> open.accept(row));
        if (!looking.getAsBoolean()) {
            notifier.tell("Tailrace: " + row.headline(), text);
        }
    }
}
