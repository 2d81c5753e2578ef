package io.tailrace.server.openlineage;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * What an OpenLineage event says, as far as we make use of it.
 *
 * @param shape what it is about
 * @param type such as {@code START}, in upper case; null when it does not say
 * @param time when it happened; null when it does not say
 * @param name of the job, or of the dataset
 * @param run the id of the run; null for the shapes that have none
 * @param parent the run that this one is a part of
 * @param root the run that all of it is a part of
 * @param runFacets by their names
 * @param jobFacets by their names
 * @param document all that is kept
 */
record LineageEvent(
        Shape shape,
        @Nullable String type,
        @Nullable Instant time,
        JobName name,
        @Nullable String run,
        @Nullable Ancestor parent,
        @Nullable Ancestor root,
        Map<?, ?> runFacets,
        Map<?, ?> jobFacets,
        Document document) {

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 4_000;

    /** What an event is about. */
    enum Shape {
        RUN,
        JOB,
        DATASET
    }

    /**
     * A run that another one names.
     *
     * @param job whose run it is
     */
    record Ancestor(String run, JobName job) {}

    /**
     * Reads a document.
     *
     * @throws LineageException with a sentence that says what is wrong
     */
    static LineageEvent of(Document document) {
        Map<?, ?> all = document.members();
        Map<?, ?> job = Lookup.object(all, "job");
        Shape shape = shape(all);
        JobName name =
                switch (shape) {
                    case RUN, JOB -> name(job, "job");
                    case DATASET -> name(Lookup.object(all, "dataset"), "dataset");
                };
        String run = shape == Shape.RUN ? runId(all) : null;
        Map<?, ?> runFacets = Lookup.object(all, "run", "facets");
        Map<?, ?> parent = Lookup.object(runFacets, "parent");
        String type = Lookup.text(all, "eventType");
        return new LineageEvent(
                shape,
                type == null ? null : type.strip().toUpperCase(Locale.ROOT),
                time(all),
                name,
                run,
                ancestor(parent, parent, run),
                ancestor(Lookup.object(parent, "root"), parent, run),
                runFacets,
                Lookup.object(job, "facets"),
                document);
    }

    private static Shape shape(Map<?, ?> all) {
        if (all.get("run") instanceof Map<?, ?>) {
            return Shape.RUN;
        }
        if (all.get("job") instanceof Map<?, ?>) {
            return Shape.JOB;
        }
        if (all.get("dataset") instanceof Map<?, ?>) {
            return Shape.DATASET;
        }
        throw new LineageException(
                "This is not an OpenLineage event: it needs an object 'run' and 'job', or 'job',"
                        + " or 'dataset'.");
    }

    private static JobName name(Map<?, ?> holder, String what) {
        String name = Lookup.text(holder, "name");
        if (name == null || name.length() > LONGEST_NAME) {
            throw new LineageException(
                    "Field '%s.name' must be a text of 1 to %,d characters."
                            .formatted(what, LONGEST_NAME));
        }
        String namespace = Lookup.text(holder, "namespace");
        return new JobName(namespace == null ? "default" : namespace, name);
    }

    private static String runId(Map<?, ?> all) {
        String id = Lookup.text(Lookup.object(all, "run"), "runId");
        if (id == null || !sane(id)) {
            throw new LineageException(
                    "Field 'run.runId' must be a text of 1 to %d characters on one line."
                            .formatted(LONGEST_ID));
        }
        return id;
    }

    private static boolean sane(String id) {
        return id.length() <= LONGEST_ID && id.chars().noneMatch(Character::isISOControl);
    }

    /** A root without a job of its own belongs to the parent's. */
    private static @Nullable Ancestor ancestor(
            Map<?, ?> holder, Map<?, ?> parent, @Nullable String self) {
        String id = Lookup.text(Lookup.object(holder, "run"), "runId");
        if (id == null || id.equals(self) || !sane(id)) {
            return null;
        }
        Map<?, ?> job = Lookup.object(holder, "job");
        Map<?, ?> named = Lookup.text(job, "name") == null ? Lookup.object(parent, "job") : job;
        return Lookup.text(named, "name") == null
                ? null
                : new Ancestor(id, name(named, "parent.job"));
    }

    private static @Nullable Instant time(Map<?, ?> all) {
        Object given = all.get("eventTime");
        if (given == null) {
            return null;
        }
        return Times.read(given)
                .orElseThrow(() ->
                        new LineageException(
                                "Field 'eventTime' must be a time such as"
                                        + " \"2026-11-21T10:00:00.123Z\"."));
    }
}
