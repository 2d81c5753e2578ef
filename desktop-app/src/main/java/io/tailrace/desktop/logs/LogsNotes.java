package io.tailrace.desktop.logs;

/**
 * What people put beside the lines of a log. FX thread.
 *
 * @param bookmarks marked lines; to be kept from start to start
 * @param filters filters under names; to be kept from start to start
 * @param highlights texts that stand out
 */
public record LogsNotes(Bookmarks bookmarks, SavedFilters filters, Highlights highlights) {

    /** Nothing yet. */
    public LogsNotes() {
        this(new Bookmarks(), new SavedFilters(), new Highlights());
    }
}
