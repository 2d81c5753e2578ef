package io.tailrace.desktop.logs;

/**
 * What is known of lines older than those held.
 *
 * @param phase where it stands
 * @param fetched how many lines came since it was asked for
 * @param sentence what people should know, or empty
 */
public record HistoryState(Phase phase, long fetched, String sentence) {

    /** Where fetching stands. */
    public enum Phase {
        /** There are none, or nobody knows. */
        NONE,
        /** The gateway may have some. */
        OFFERED,
        /** They are on their way. */
        FETCHING,
        /** It did not work; the sentence says why. */
        FAILED
    }

    /** Nothing there. */
    static final HistoryState EMPTY = new HistoryState(Phase.NONE, 0, "");
}
