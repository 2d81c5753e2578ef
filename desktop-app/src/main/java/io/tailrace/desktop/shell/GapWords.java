package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.connection.ChannelLedger;

/** What is missing of a channel and why, as sentences. */
final class GapWords {

    private GapWords() {}

    static String of(ChannelLedger.Missing gap) {
        Object[] where = {gap.channel(), gap.from(), gap.to()};
        return switch (gap.reason()) {
            case "epoch" -> epoch(gap, where);
            case "limit" -> text("shell.gap.limit", where);
            case "retention" -> text("shell.gap.retention", where);
            case "skipped" -> text("shell.gap.skipped", where);
            default -> text("shell.gap.unknown", gap.channel(), gap.from(), gap.to(), gap.reason());
        };
    }

    private static String epoch(ChannelLedger.Missing gap, Object... where) {
        if (gap.cursor().isEmpty()) {
            return text("shell.gap.epoch", where);
        }
        boolean back = gap.cursor().orElseThrow().position() >= gap.to().position();
        return back ? text("shell.gap.restored", where) : text("shell.gap.older", where);
    }
}
