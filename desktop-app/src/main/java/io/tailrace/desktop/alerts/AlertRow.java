package io.tailrace.desktop.alerts;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.model.Cursor;
import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Something that somebody should look at.
 *
 * @param cursor the entry that said so
 * @param about the entry to open: the evidence
 * @param at when it happened, by the publisher's clock
 * @param run the run it is about, when it is about one
 * @param task the task it is about, when it is about one
 * @param severity how loud it is
 * @param sentence what happened
 * @param seen whether somebody acknowledged it
 */
public record AlertRow(
        Cursor cursor,
        Cursor about,
        Instant at,
        @Nullable RunKey run,
        @Nullable String task,
        Severity severity,
        String sentence,
        boolean seen) {

    private static final int MAX_BRIEF = 220;

    AlertRow acknowledged() {
        return new AlertRow(cursor, about, at, run, task, severity, sentence, true);
    }

    /** Whose it is: workspace and workflow; what is about none has its own. */
    public String workflow() {
        return run == null ? "-" : run.workspace() + "/" + run.workflow();
    }

    /** What happened, for a toast: where, and in few words. */
    public String headline() {
        String where = where();
        return where.isEmpty() ? severity.word() : text("alerts.headline", where, severity.word());
    }

    /** Where it happened: workflow and task; empty when it is about nothing in particular. */
    String where() {
        String workflow = run == null ? "" : run.workflow();
        return task == null ? workflow : workflow.isEmpty() ? task : workflow + " / " + task;
    }

    /** What happened in few words: the first line, without the statement a database was given. */
    public String brief() {
        String line = sentence.strip().lines().findFirst().orElse("");
        int statement = line.indexOf("; SQL statement");
        String said = statement > 0 ? line.substring(0, statement) : line;
        return said.length() <= MAX_BRIEF ? said : said.substring(0, MAX_BRIEF).strip() + "…";
    }

    /** Whether it counts as unseen. */
    boolean unseen() {
        return !seen && severity != Severity.RETRIED;
    }
}
