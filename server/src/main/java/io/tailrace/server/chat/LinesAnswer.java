package io.tailrace.server.chat;

import io.tailrace.model.Channel;
import io.tailrace.model.Citation;
import io.tailrace.model.Level;
import io.tailrace.model.RunState;
import io.tailrace.server.search.LogHit;
import io.tailrace.server.search.LogHits;
import io.tailrace.server.search.LogQuery;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Log lines about something: how many, and the newest of them; also the closest to no question. */
final class LinesAnswer {

    private static final int MOST = 5;

    private final Knowledge knowledge;
    private final Draft draft;

    LinesAnswer(Knowledge knowledge, Draft draft) {
        this.knowledge = knowledge;
        this.draft = draft;
    }

    void find(Question.FindLines question) {
        RunState run = question.run();
        if (run != null) {
            draft.about(run, question.task());
        }
        LogHits found = search(run, question.task(), question.atLeast(), question.terms());
        String what = what(question.atLeast());
        String about = aboutTerms(question.terms());
        String where = where(run, question.task());
        String looked = looked(found);
        if (found.matches() > 0) {
            draft.cited(
                    "%s%s%s%s; %s."
                            .formatted(
                                    Say.count(found.matches(), what),
                                    about,
                                    found.complete() ? "" : " so far back as I looked",
                                    where,
                                    looked),
                    found.hits().stream().map(this::citation).toList());
        } else {
            draft.remark("No %s%s%s; %s.".formatted(what, about, where, looked));
            if (!found.hits().isEmpty()) {
                draft.remark("The closest lines have only some of the words:");
            }
        }
        quote(found);
        if (!question.terms().isEmpty()) {
            draft.find("Find in the log", String.join(" ", question.terms()));
        }
    }

    /** For what was not understood: the closest lines, never a guess. */
    void closest(List<String> terms) {
        if (terms.isEmpty()) {
            draft.remark("I did not understand that.");
            return;
        }
        LogHits found = search(null, null, null, terms);
        String asked = String.join(" ", terms);
        if (found.hits().isEmpty()) {
            draft.remark(
                    "I did not understand that, and no log line has the words %s; %s."
                            .formatted(Say.quote(asked), looked(found)));
        } else {
            draft.remark(
                    "I did not understand that. These log lines come closest to %s; %s."
                            .formatted(Say.quote(asked), looked(found)));
            quote(found);
            draft.find("Find in the log", asked);
        }
    }

    private void quote(LogHits found) {
        for (LogHit hit : found.hits()) {
            draft.cited(
                    "%s %s %s"
                            .formatted(
                                    Say.time(hit.line().timestamp()),
                                    hit.line().level(),
                                    Say.quote(hit.line().message())),
                    List.of(citation(hit)));
        }
    }

    private LogHits search(
            @Nullable RunState run,
            @Nullable String task,
            @Nullable Level atLeast,
            List<String> terms) {
        List<Channel> channels =
                run == null
                        ? knowledge.logs()
                        : List.of(Channel.logs(run.key().workspace(), run.key().workflow()));
        return knowledge
                .search()
                .find(
                        new LogQuery(
                                channels,
                                terms,
                                run == null ? null : run.key().run(),
                                task,
                                atLeast,
                                knowledge.position(),
                                MOST));
    }

    private Citation citation(LogHit hit) {
        return new Citation(hit.line().channel(), hit.cursor(), hit.line().level().name());
    }

    private static String looked(LogHits found) {
        return found.complete()
                ? "I looked through all %s that are kept"
                        .formatted(Say.count(found.scanned(), "line"))
                : "I looked through the newest %s".formatted(Say.count(found.scanned(), "line"));
    }

    private static String what(@Nullable Level atLeast) {
        return switch (atLeast) {
            case null -> "log line";
            case ERROR -> "error line";
            case WARN -> "warning or error line";
            case INFO, DEBUG, TRACE -> "log line";
        };
    }

    private static String aboutTerms(List<String> terms) {
        return terms.isEmpty() ? "" : " about " + Say.quote(String.join(" ", terms));
    }

    private static String where(@Nullable RunState run, @Nullable String task) {
        return (task == null ? "" : " of task " + Say.name(task))
                + (run == null ? " in any log" : " in run " + Say.name(run.key().run()));
    }
}
