package io.tailrace.desktop.workflow;

import io.tailrace.model.RunState;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Until when anything is known. While the gateway is not heard, nobody knows how runs get on, and
 * time stands still for them: at what was heard last.
 */
final class Hearing {

    private static final Duration SETTLING = Duration.ofSeconds(10);

    private boolean heard = true;
    private Instant since = Instant.MIN;
    private boolean ever;
    private @Nullable Instant last; // while nothing is heard; null when nothing ever was

    void hears(boolean stands, Instant now) {
        if (heard && !stands) {
            last = ever ? now : null;
        }
        if (!heard && stands) {
            since = now;
        }
        heard = stands;
        ever |= stands;
    }

    boolean heard() {
        return heard;
    }

    /** Whether what comes now happens now: right after connecting older entries come, too. */
    boolean settled(Instant now) {
        return heard && Duration.between(since, now).compareTo(SETTLING) > 0;
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
