package io.tailrace.client;

import io.tailrace.client.Opened.Broken;
import io.tailrace.client.Opened.Denied;
import io.tailrace.client.Opened.Ended;
import io.tailrace.client.Opened.Ending;
import io.tailrace.client.Opened.Refused;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** How long to wait after each way of ending. Confined to the connection's thread. */
final class Patience {

    /** As good as for ever: only a hurry ends it. */
    static final Duration NO_END = Duration.ofDays(36_500);

    /** Who is not let in tries again slowly: the token may be renewed, the grants be changed. */
    private static final Backoff TURNED_AWAY =
            new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(5), 0);

    /** A session that is ended again and again is begun again more and more slowly. */
    private static final Backoff ENDED =
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5), 0);

    private final Timing timing;
    private Backoff backoff;
    private Backoff turnedAway = TURNED_AWAY;
    private Backoff ended = ENDED;
    private @Nullable Duration wish;

    Patience(Timing timing) {
        this.timing = timing;
        this.backoff = timing.backoff();
    }

    /** The gateway wishes for another first wait. */
    void wish(@Nullable Duration base) {
        wish = base == null ? wish : base;
    }

    /** It works. */
    void reset() {
        backoff = backoff.reset();
        turnedAway = TURNED_AWAY;
    }

    /** It has worked for long enough that a session's end is no answer to its begin. */
    void settle() {
        ended = ENDED;
    }

    /** The wait before the next try. */
    Duration after(Ending ending) {
        return switch (ending) {
            case Refused _ -> NO_END;
            case Denied _ -> {
                Duration slow = turnedAway.delay(timing.random());
                turnedAway = turnedAway.next();
                yield slow;
            }
            case Ended _ -> {
                Duration renewed = ended.delay(timing.random());
                ended = ended.next();
                yield renewed;
            }
            case Broken broken -> after(broken);
        };
    }

    private Duration after(Broken broken) {
        Backoff now = wish == null ? backoff : backoff.withBase(wish);
        Duration usual = now.delay(timing.random());
        Duration asked = broken.delay();
        backoff = now.next();
        if (asked == null) {
            return usual;
        }
        return broken.exactly() || asked.compareTo(usual) > 0 ? asked : usual;
    }
}
