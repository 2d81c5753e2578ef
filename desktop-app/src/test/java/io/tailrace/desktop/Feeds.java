package io.tailrace.desktop;

import static org.awaitility.Awaitility.await;

import io.tailrace.client.RootConnectionSettings;
import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.logs.ShownLines;
import io.tailrace.desktop.state.EventCache;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.ChannelPattern;

import org.awaitility.core.ConditionFactory;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/** Consoles without windows, whose frames a test makes by hand. */
final class Feeds {

    private Feeds() {}

    /** What a session receives: channels, and those of its own. */
    static RootConnectionSettings wanted(URI gateway, String session, String channels) {
        return RootConnectionSettings.of(
                gateway,
                session,
                List.of(
                        ChannelPattern.parse(channels),
                        ChannelPattern.parse("session:" + session)));
    }

    /**
     * Starts one that keeps what it receives.
     *
     * @param events the folder it is kept in
     * @param bytes so many at most
     * @param told what the console complains of
     */
    static Feed kept(
            RootConnectionSettings wanted,
            Path events,
            long bytes,
            Consumer<String> told,
            LogsModel logs) {
        Feed feed =
                new Feed(
                        wanted,
                        Feed.live(wanted, () -> EventCache.open(events, bytes, told)),
                        Clock.systemUTC(),
                        new Times(ZoneOffset.UTC),
                        (what, cause) -> told.accept(what + ": " + cause),
                        told,
                        logs);
        feed.start();
        return feed;
    }

    /** Waits on this thread, which stands in for the FX thread, and pumps a frame each time. */
    static ConditionFactory pumped(Feed feed) {
        return await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval((_, _) -> {
                    int _ = feed.pump().pulse();
                    ShownLines.pulse(feed.models().logs());
                    return Duration.ofMillis(5);
                });
    }

    /** Ends one, and waits until what it kept is written. */
    static void end(Feed feed) {
        feed.close();
        feed.connection().awaitEnd(10_000);
    }
}
