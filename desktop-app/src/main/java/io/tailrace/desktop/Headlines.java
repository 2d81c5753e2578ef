package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.shell.Headline;
import io.tailrace.desktop.workflow.RunHeader;
import io.tailrace.model.CommandVerb;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the workflow says of the chosen run, as the window's header shows it, and why nothing can be
 * asked of it when nothing can. FX thread only.
 */
final class Headlines {

    private final ReadOnlyObjectWrapper<@Nullable Headline> headline =
            new ReadOnlyObjectWrapper<>();
    private final Feed feed;
    private final boolean live;

    /**
     * The headlines of a feed.
     *
     * @param live whether there is a gateway; otherwise something that was saved is shown
     */
    Headlines(Feed feed, boolean live) {
        this.feed = feed;
        this.live = live;
        feed.models().runs().header().subscribe(_ -> tell());
        feed.status().standing().subscribe(_ -> tell());
    }

    /** The one of the chosen run; null without one. */
    ReadOnlyObjectProperty<@Nullable Headline> headline() {
        return headline.getReadOnlyProperty();
    }

    private void tell() {
        RunHeader line = feed.models().runs().header().get();
        headline.set(line == null ? null : of(line, blocked()));
    }

    private String blocked() {
        if (!live) {
            return text("console.saved.run");
        }
        return feed.status().standing().get().receives() ? "" : text("console.notConnected");
    }

    private static Headline of(RunHeader header, String blocked) {
        Set<CommandVerb> offered = EnumSet.noneOf(CommandVerb.class);
        offer(offered, CommandVerb.PAUSE, header.canPause());
        offer(offered, CommandVerb.RESUME, header.canResume());
        offer(offered, CommandVerb.RETRY, header.canRetry());
        offer(offered, CommandVerb.CANCEL, header.canCancel());
        return new Headline(
                header.key(),
                header.when(),
                header.state(),
                header.tone().styleClass(),
                header.eta(),
                header.late(),
                offered,
                blocked);
    }

    private static void offer(Set<CommandVerb> offered, CommandVerb verb, boolean sensible) {
        if (sensible) {
            offered.add(verb);
        }
    }
}
