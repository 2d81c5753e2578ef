package io.tailrace.desktop.shell;

import io.tailrace.desktop.connection.ChannelLedger;

/** What is missing of a channel and why, as sentences. */
final class GapWords {

    private GapWords() {}

    static String of(ChannelLedger.Missing gap) {
        if (restored(gap)) {
            return "%s: an older copy of the gateway's log was restored. What came after %s up to %s is no longer there."
                    .formatted(gap.channel(), gap.to(), gap.from());
        }
        return "%s: missing after %s up to %s, %s."
                .formatted(gap.channel(), gap.from(), gap.to(), why(gap));
    }

    private static boolean restored(ChannelLedger.Missing gap) {
        return gap.reason().equals("epoch")
                && gap.cursor().filter(from -> from.position() >= gap.to().position()).isPresent();
    }

    private static String why(ChannelLedger.Missing gap) {
        return switch (gap.reason()) {
            case "epoch" ->
                    gap.cursor().isPresent()
                            ? "an older copy of the gateway's log was restored"
                            : "the gateway's log began a new life";
            case "limit" ->
                    "not sent, as one stream carries only so many channels: choose fewer of them";
            case "retention" -> "no longer kept by the gateway";
            case "skipped" -> "left out so that the newest came first; it can be fetched";
            default -> "the gateway calls it \"%s\"".formatted(gap.reason());
        };
    }
}
