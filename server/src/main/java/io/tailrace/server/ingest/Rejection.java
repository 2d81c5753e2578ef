package io.tailrace.server.ingest;

import java.util.Locale;

/** Why a line is not taken, in a word. */
public enum Rejection {
    /** It is not an event, or not one that can be there. */
    MALFORMED,
    /** It is longer than allowed. */
    TOO_LONG,
    /** Its publisher may not write there. */
    DENIED,
    /** It would have been the first of one channel too many. */
    LIMIT;

    /** The word in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
