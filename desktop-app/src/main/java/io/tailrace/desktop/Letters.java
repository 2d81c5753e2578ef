package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.keys.KeyTable;
import io.tailrace.desktop.letters.LettersModel;
import io.tailrace.desktop.letters.LettersPane;
import io.tailrace.desktop.shell.Drawer;
import io.tailrace.desktop.text.Times;
import io.tailrace.desktop.theme.Theme;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The dead letters of the gateway and the pane that shows them. They are asked for when a
 * connection stands, when somebody looks, and every two minutes. FX thread only.
 */
final class Letters {

    private static final Duration EVERY = Duration.ofMinutes(2);

    private final Feed feed;
    private final LettersModel model;
    private final LettersPane pane;
    private final boolean live;
    private Instant askedAt = Instant.EPOCH;

    /**
     * Of the feed's gateway.
     *
     * @param live whether there is a gateway; otherwise something that was saved is shown
     */
    Letters(Feed feed, Times times, InstantSource clock, Theme theme, boolean live) {
        this.feed = feed;
        this.live = live;
        model = new LettersModel(new GatewayLetters(feed.client()), feed.pump());
        pane = new LettersPane(model, times, clock);
        theme.fontSize().subscribe(size -> pane.fontSize(size.doubleValue()));
        feed.status().standing().subscribe(_ -> ask(Duration.ofSeconds(1)));
        feed.status().time().subscribe(_ -> ask(EVERY));
    }

    /** The pane, to float over the window. */
    Drawer drawer() {
        return new Drawer(pane, model.badge(), this::look);
    }

    /** The keys of the pane. */
    KeyTable keys() {
        return pane.keys();
    }

    private void look() {
        if (live) {
            model.refresh();
        } else {
            model.unavailable(text("console.saved.letters"));
        }
    }

    private void ask(Duration every) {
        Instant now = feed.status().time().get();
        boolean due = Duration.between(askedAt, now).compareTo(every) >= 0;
        if (live && due && feed.status().standing().get().receives()) {
            askedAt = now;
            model.refresh();
        }
    }
}
