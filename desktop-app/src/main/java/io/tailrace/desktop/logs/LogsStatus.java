package io.tailrace.desktop.logs;

/**
 * What the pane says about itself.
 *
 * @param held how many entries are held: lines, and what stands between them
 * @param shown how many of them the filter shows
 * @param lines how many of those shown are lines
 * @param gone how many older lines are no longer held
 * @param following whether the newest lines are on the screen
 * @param unseen how many lines arrived below the screen
 * @param matches how many lines match the query
 * @param match which of them is current, from 1; 0 when none is
 * @param searching whether lines are still being searched
 * @param older what is known of older lines that the gateway has
 * @param notice a sentence about what the user did last, or empty
 */
public record LogsStatus(
        long held,
        long shown,
        long lines,
        long gone,
        boolean following,
        long unseen,
        long matches,
        long match,
        boolean searching,
        HistoryState older,
        String notice) {

    static LogsStatus of(
            LogStore store,
            LogsView view,
            FindState find,
            long current,
            HistoryState older,
            String notice) {
        Viewport screen = view.viewport();
        return new LogsStatus(
                store.held(),
                view.lines().count(),
                Math.min(view.times().total(), view.lines().count()),
                store.gone(),
                screen.following(),
                screen.unseen(),
                find.matches().count(),
                find.ordinal(current),
                find.searching(),
                older,
                notice);
    }

    /** Nothing there yet. */
    static final LogsStatus EMPTY =
            new LogsStatus(0, 0, 0, 0, true, 0, 0, 0, false, HistoryState.EMPTY, "");
}
