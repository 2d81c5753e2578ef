package io.tailrace.desktop.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Workflows of which nobody wants to hear until a time. FX thread only. */
final class Snoozes {

    private static final int MAX = 500;

    private final Map<String, Instant> until = new HashMap<>();

    void snooze(String workflow, Instant end) {
        if (until.size() < MAX || until.containsKey(workflow)) {
            until.put(workflow, end);
        }
    }

    void wake(String workflow) {
        until.remove(workflow);
    }

    boolean asleep(String workflow, Instant now) {
        Instant end = until.get(workflow);
        return end != null && now.isBefore(end);
    }

    Instant end(String workflow) {
        return until.getOrDefault(workflow, Instant.MIN);
    }

    /** Forgets what is over; true when there was something. */
    boolean over(Instant now) {
        return until.values().removeIf(end -> !now.isBefore(end));
    }

    /** For the view: the workflow and the time, a line each. */
    List<String> texts() {
        List<String> texts = new ArrayList<>();
        until.forEach((workflow, end) -> texts.add(end.toEpochMilli() + " " + workflow));
        return texts;
    }

    void restore(List<String> texts) {
        for (String text : texts) {
            int space = text.indexOf(' ');
            try {
                if (space > 0) {
                    Instant end = Instant.ofEpochMilli(Long.parseLong(text, 0, space, 10));
                    snooze(text.substring(space + 1), end);
                }
            } catch (NumberFormatException e) {
                // written by hand: not worth a word
            }
        }
    }
}
