package io.tailrace.wire;

import io.tailrace.model.Cursor;
import io.tailrace.model.RunState;

import java.util.List;

/**
 * The state of runs.
 *
 * @param cursor every entry up to this one is in it
 * @param runs in the gateway's order
 */
public record RunList(Cursor cursor, List<RunState> runs) {

    /** Copies the list. */
    public RunList {
        runs = List.copyOf(runs);
    }
}
