package io.tailrace.server.ops;

import io.tailrace.server.stream.SessionInfo;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How far behind the worst reader of each class of channels is. Looks at the sessions at most once
 * a second, however often it is asked. Thread-safe.
 */
public final class Lags {

    private static final long FRESH_MILLIS = 1_000;

    /** The classes of channels. */
    public enum ChannelClass {
        /** Log lines. */
        LOGS,
        /** Runs and their tasks. */
        RUNS,
        /** Commands. */
        COMMANDS,
        /** Measurements. */
        METRICS,
        /** Alerts. */
        ALERTS,
        /** Dashboards. */
        DASHBOARDS,
        /** What only one session gets. */
        SESSION;

        /** The word in channel names and metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How far behind somebody is.
     *
     * @param entries not sent yet
     * @param time since the oldest of those was stored
     */
    public record Lag(long entries, Duration time) {

        /** Nothing waits. */
        public static final Lag NONE = new Lag(0, Duration.ZERO);

        Lag worse(Lag other) {
            return new Lag(
                    Math.max(entries, other.entries),
                    time.compareTo(other.time) > 0 ? time : other.time);
        }
    }

    private final Supplier<List<SessionInfo>> sessions;
    private final Clock clock;
    private volatile Seen seen = new Seen(0, Map.of()); // 1970: too long ago

    private record Seen(long millis, Map<ChannelClass, Lag> worst) {}

    /** Looks at those sessions. */
    public Lags(Supplier<List<SessionInfo>> sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The worst of one class. */
    public Lag worst(ChannelClass channels) {
        return worst().getOrDefault(channels, Lag.NONE);
    }

    /** The worst of each class that somebody reads. */
    public Map<ChannelClass, Lag> worst() {
        long now = clock.millis();
        Seen known = seen;
        if (known.millis() > now || now - known.millis() >= FRESH_MILLIS) {
            known = new Seen(now, look());
            seen = known;
        }
        return known.worst();
    }

    private Map<ChannelClass, Lag> look() {
        Map<ChannelClass, Lag> worst = new EnumMap<>(ChannelClass.class);
        for (SessionInfo info : sessions.get()) {
            Lag lag = new Lag(info.lag(), info.age());
            for (ChannelClass each : ChannelClass.values()) {
                if (info.channels().stream().anyMatch(pattern -> covers(pattern, each))) {
                    worst.merge(each, lag, Lag::worse);
                }
            }
        }
        return worst;
    }

    /** Private channels are never meant by a star. */
    private static boolean covers(String pattern, ChannelClass channels) {
        int colon = pattern.indexOf(':');
        String first = colon < 0 ? pattern : pattern.substring(0, colon);
        return first.equals(channels.word())
                || (channels != ChannelClass.SESSION
                        && first.contains("*")
                        && channels.word().startsWith(first.substring(0, first.indexOf('*'))));
    }
}
