package io.tailrace.server.chat;

import io.tailrace.model.RunState;
import io.tailrace.model.TaskState;

import java.util.List;

/** Answers an understood question: one class for each kind of answer. */
final class Answerer {

    private static final String HELP =
            "I answer from the events of your pipelines, and show the entries each statement rests"
                    + " on. Ask what is running and how far it is; what failed and why; how long a"
                    + " run or a task has run or took; how many rows it did; where a task stands;"
                    + " or for errors, warnings and log lines about something.";

    private Answerer() {}

    static Answer answer(Question question, Knowledge knowledge) {
        Draft draft = new Draft(knowledge);
        switch (question) {
            case Question.WhatRuns _ -> new RunningAnswer(knowledge, draft).whatRuns();
            case Question.HowFar q -> new RunningAnswer(knowledge, draft).howFar(q.run());
            case Question.WhyFailed q -> {
                FailureAnswer answer = new FailureAnswer(knowledge, draft);
                if (q.run() == null) {
                    answer.whatFailed();
                } else {
                    answer.whyFailed(q.run());
                }
            }
            case Question.HowLong q -> {
                DurationAnswer answer = new DurationAnswer(knowledge, draft);
                if (q.task() == null) {
                    answer.ofRun(q.run());
                } else {
                    answer.ofTask(q.run(), task(q.run(), q.task()));
                }
            }
            case Question.HowManyRows q -> {
                RowsAnswer answer = new RowsAnswer(knowledge, draft);
                if (q.task() == null) {
                    answer.ofRun(q.run());
                } else {
                    answer.ofTask(q.run(), task(q.run(), q.task()));
                }
            }
            case Question.TaskStanding q ->
                    new TaskAnswer(knowledge, draft).standing(q.run(), task(q.run(), q.task()));
            case Question.FindLines q -> new LinesAnswer(knowledge, draft).find(q);
            case Question.Help _ -> help(draft);
            case Question.Unknown q -> unknown(q, knowledge, draft);
            case Question.Missing q ->
                    draft.remark(
                            "There is no such run: I looked for %s among the %s that I know of."
                                    .formatted(
                                            q.what(), Say.count(knowledge.runs().size(), "run")));
            case Question.NoRuns _ ->
                    draft.remark(
                            "I know of no run that this could be about. I looked at %s."
                                    .formatted(Say.count(knowledge.runs().size(), "run")));
            case Question.NotUnderstood q -> {
                new LinesAnswer(knowledge, draft).closest(q.terms());
                draft.ask("What can I ask?", "help");
            }
        }
        return draft.finished();
    }

    private static void help(Draft draft) {
        draft.remark(HELP);
        draft.ask("What is running?", "What is running and how far?");
        draft.ask("What failed?", "What failed and why?");
        draft.ask("How long?", "How long did the last run take?");
    }

    private static void unknown(Question.Unknown question, Knowledge knowledge, Draft draft) {
        List<RunState> newest = knowledge.runs().stream().limit(5).toList();
        draft.remark(
                "I know no %s %s. I looked at the %s that I know of."
                        .formatted(
                                question.what(),
                                Say.quote(question.name()),
                                Say.count(knowledge.runs().size(), "run")));
        if (!newest.isEmpty()) {
            draft.claim(
                    "The newest runs are "
                            + Say.names(newest.stream().map(r -> r.key().run()).toList(), 5)
                            + ".",
                    newest.stream().map(r -> new Proofs(knowledge, r).latest()).toList());
        }
    }

    private static TaskState task(RunState run, String name) {
        return run.task(name).orElseThrow(() -> new IllegalArgumentException("No task " + name));
    }
}
