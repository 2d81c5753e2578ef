package io.tailrace.server.openlineage;

import io.tailrace.model.RunKey;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

/**
 * What a run of OpenLineage is to us.
 *
 * @param key the run that people watch
 * @param job the name of that run's job
 * @param task which task of it; null when it is that run itself
 * @param attempt which try of the task, from 1
 */
record Place(RunKey key, String job, @Nullable String task, @Nullable Integer attempt) {

    Subject subject() {
        return new Subject(key.workspace(), key.workflow(), key.run(), task, attempt, null);
    }
}
