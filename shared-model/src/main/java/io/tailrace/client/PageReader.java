package io.tailrace.client;

import io.tailrace.client.Opened.Broken;
import io.tailrace.client.Opened.Ending;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.wire.FeedPage;
import io.tailrace.wire.MalformedEventException;
import io.tailrace.wire.PageCodec;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;

/** Reads one page of what the stream would carry. Confined to the connection's thread. */
final class PageReader {

    private static final int LARGEST = 64 * 1024 * 1024;

    private final Pacer pacer;
    private final Intake intake;
    private int limit = FeedRequest.PAGE;

    PageReader(Pacer pacer, Intake intake) {
        this.pacer = pacer;
        this.intake = intake;
    }

    /** How many entries to ask for: fewer after a page that was too large. */
    int limit() {
        return limit;
    }

    /** What was on a page: how much news, and how it ended when that is not as it should. */
    record Read(int items, @Nullable Ending ending) {}

    /**
     * Reads it and hands it on.
     *
     * @param whenCame called before the first item is handed on
     */
    Read read(GuardedInputStream body, Watchdog watchdog, Runnable whenCame) {
        intake.begins();
        try (body) {
            byte[] json = body.readNBytes(LARGEST + 1);
            if (json.length > LARGEST) {
                return tooLarge();
            }
            FeedPage page = PageCodec.feed(json, pacer.now());
            whenCame.run();
            page.items().forEach(this::take);
            Cursor next = page.next();
            if (next != null) {
                intake.reached(next);
            }
            limit = Math.min(FeedRequest.PAGE, limit * 2);
            return new Read(
                    Math.toIntExact(page.items().stream().filter(PageReader::news).count()),
                    intake.goodbye());
        } catch (MalformedEventException e) {
            return broken("The gateway's answer cannot be understood: " + e.getMessage());
        } catch (IOException e) {
            return broken(watchdog.rang() ? Reasons.silent(body.limit()) : Reasons.cut(e));
        }
    }

    /** Each page that comes after a cursor resumes: that is nothing new. */
    private static boolean news(FeedPage.Item item) {
        return !(item instanceof FeedPage.Given(_, Event.Resumed _));
    }

    private void take(FeedPage.Item item) {
        Instant now = pacer.now();
        try {
            switch (item) {
                case FeedPage.Given(_, Event.Resumed _) -> {}
                case FeedPage.Given(var cursor, var event) -> intake.take(cursor, event, now);
                case FeedPage.Malformed(var cursor, var reason) -> intake.passOver(cursor, reason);
            }
        } catch (MalformedEventException e) {
            intake.passOver(item.cursor(), String.valueOf(e.getMessage()));
        }
    }

    private Read tooLarge() {
        if (limit == 1) {
            return broken("An entry is larger than this console can take.");
        }
        limit = Math.max(1, limit / 8);
        return new Read(1, null); // there is something: ask again, for less
    }

    private static Read broken(String reason) {
        return new Read(0, Broken.because(reason));
    }
}
