package io.tailrace.server.search;

import java.util.List;

/**
 * What a search found, and how far it looked.
 *
 * @param hits the newest lines with all terms; when no line has them all, the lines with the most
 * @param matches how many of the lines looked at have all terms
 * @param scanned how many log lines were looked at
 * @param complete whether that was every line that is kept
 */
public record LogHits(List<LogHit> hits, long matches, long scanned, boolean complete) {

    /** Copies the list. */
    public LogHits {
        hits = List.copyOf(hits);
    }
}
