package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Which run started another one: what an event says in the member {@code parent}, as an object
 * {@code {"workspace", "workflow", "run"}}, where what is left out is as in the event, or as a text
 * {@code workspace/workflow/run}.
 */
final class Parents {

    static final String MEMBER = "parent";

    private static final int LONGEST = 256; // as long as names may be, each

    private Parents() {}

    /** The parent that an event names; null when it names none, or the run itself. */
    static @Nullable RunKey of(Event event, RunKey self) {
        Object said = event.header().fields().get(MEMBER);
        RunKey parent =
                switch (said) {
                    case Map<?, ?> object -> ofObject(object, self);
                    case String text when text.length() <= 3 * LONGEST ->
                            RunKey.parse(text).orElse(null);
                    case null, default -> null;
                };
        return self.equals(parent) ? null : parent;
    }

    private static @Nullable RunKey ofObject(Map<?, ?> object, RunKey self) {
        String run = name(object.get("run"));
        String workflow = name(object.get("workflow"));
        String workspace = name(object.get("workspace"));
        return run == null
                ? null
                : new RunKey(
                        workspace == null ? self.workspace() : workspace,
                        workflow == null ? self.workflow() : workflow,
                        run);
    }

    private static @Nullable String name(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() && text.length() <= LONGEST
                ? text
                : null;
    }
}
