package io.tailrace.server.chat;

import io.tailrace.model.Level;
import io.tailrace.model.RunState;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What somebody wants to know, once it is understood. */
sealed interface Question {

    /** What is running, and how far. */
    record WhatRuns() implements Question {}

    /** How far one run is, or how it ended. */
    record HowFar(RunState run) implements Question {}

    /**
     * What failed and why.
     *
     * @param run which; null for the one that failed last
     */
    record WhyFailed(@Nullable RunState run) implements Question {}

    /**
     * How long it has run or took.
     *
     * @param task a task of it; null for the whole run
     */
    record HowLong(RunState run, @Nullable String task) implements Question {}

    /**
     * How many rows it did.
     *
     * @param task a task of it; null for the whole run
     */
    record HowManyRows(RunState run, @Nullable String task) implements Question {}

    /** Where one task of a run stands. */
    record TaskStanding(RunState run, String task) implements Question {}

    /**
     * Log lines about something.
     *
     * @param run only of that run, or null
     * @param task only of that task, or null
     * @param atLeast only that grave, or null
     * @param terms what they should mention; may be empty
     */
    record FindLines(
            @Nullable RunState run,
            @Nullable String task,
            @Nullable Level atLeast,
            List<String> terms)
            implements Question {
        /** Copies the list. */
        public FindLines {
            terms = List.copyOf(terms);
        }
    }

    /** What can be asked. */
    record Help() implements Question {}

    /**
     * It names something that is not known.
     *
     * @param what run or task
     */
    record Unknown(String what, String name) implements Question {}

    /**
     * It points at a run that does not exist.
     *
     * @param what such as "an earlier run"
     */
    record Missing(String what) implements Question {}

    /** It is about a run, but none is known. */
    record NoRuns() implements Question {}

    /**
     * It was not understood.
     *
     * @param terms its words that may be worth looking for
     */
    record NotUnderstood(List<String> terms) implements Question {
        /** Copies the list. */
        public NotUnderstood {
            terms = List.copyOf(terms);
        }
    }
}
