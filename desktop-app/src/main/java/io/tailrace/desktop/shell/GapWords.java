package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.connection.ChannelLedger;

/** What is missing of a channel and why, as sentences. */
final class GapWords {

    private GapWords() {}

    static String of(ChannelLedger.Missing gap) {
        Object channel = gap.channel();
        Object from = gap.from();
        Object to = gap.to();
        return switch (gap.reason()) {
            case "epoch" -> epoch(gap);
            case "limit" -> text("shell.gap.limit", channel, from, to);
            case "retention" -> text("shell.gap.retention", channel, from, to);
            case "skipped" -> text("shell.gap.skipped", channel, from, to);
            default -> text("shell.gap.unknown", channel, from, to, gap.reason());
        };
    }

    private static String epoch(ChannelLedger.Missing gap) {
        Object channel = gap.channel();
        if (gap.cursor().isEmpty()) {
            return text("shell.gap.epoch", channel, gap.from(), gap.to());
        }
        return gap.cursor().orElseThrow().position() >= gap.to().position()
                ? text("shell.gap.restored", channel, gap.from(), gap.to())
                : text("shell.gap.older", channel, gap.from(), gap.to());
    }
}
