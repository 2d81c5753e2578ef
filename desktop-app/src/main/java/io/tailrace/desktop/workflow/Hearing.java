package io.tailrace.desktop.workflow;

import io.tailrace.model.RunState;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Until when anything is known. While the gateway is not heard, nobody knows how runs get on, and
 * time stands still for them: at what was heard last.
 */
final class Hearing {

    private boolean heard = true;
    private boolean ever;
    private @Nullable Instant last; // while nothing is heard; null when nothing ever was

    void hears(boolean stands, Instant now) {
        if (heard && !stands) {
            last = ever ? now : null;
        }
        heard = stands;
        ever |= stands;
    }

    boolean heard() {
        return heard;
    }

    /** What time it is for these runs. */
    Instant time(Instant now, List<RunState> all) {
        if (heard) {
            return now;
        }
        Instant heardLast = last;
        return heardLast != null ? heardLast : newest(now, all);
    }

    private static Instant newest(Instant now, List<RunState> all) {
        return all.stream().map(RunState::updatedAt).max(Comparator.naturalOrder()).orElse(now);
    }
}
