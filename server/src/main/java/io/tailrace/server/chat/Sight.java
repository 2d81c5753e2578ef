package io.tailrace.server.chat;

import io.tailrace.model.Channel;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.server.access.Caller;
import io.tailrace.server.access.Permission;
import io.tailrace.server.eventlog.ChannelInfo;
import io.tailrace.server.eventlog.EventLog;
import io.tailrace.server.runs.RunsSnapshot;
import io.tailrace.server.search.LogSearch;
import io.tailrace.server.search.VisibleLog;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** What one caller may see: an answer is made from this and nothing else. */
final class Sight {

    private static final int MOST_LOGS = 50; // channels looked through when no run is meant
    private static final int MOST_LINES = 200_000;
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private final Caller caller;
    private final long position;
    private final List<RunState> runs;
    private final EventLog log;

    Sight(Caller caller, RunsSnapshot snapshot, EventLog whole) {
        this.caller = caller;
        position = snapshot.position();
        log = new VisibleLog(whole, this::sees);
        runs =
                snapshot.runs().stream()
                        .filter(r -> sees(Channel.runs(r.key().workspace(), r.key().workflow())))
                        .toList();
    }

    private boolean sees(Channel channel) {
        return caller.may(Permission.SUBSCRIBE, channel);
    }

    List<RunState> runs() {
        return runs;
    }

    Knowledge knowledge(Instant now) {
        var search = new LogSearch(log, MOST_LINES, LONGEST);
        return new Knowledge(
                runs, position, new Evidence(log), search, logs(), this::commandable, now);
    }

    private boolean commandable(RunKey run) {
        return caller.may(Permission.COMMAND, Channel.commands(run.workspace(), run.workflow()));
    }

    /** The log channels heard of last. */
    private List<Channel> logs() {
        return log.channels().stream()
                .filter(c -> c.channel().type().equals("logs") && c.count() > 0)
                .sorted(Comparator.comparingLong(ChannelInfo::newest).reversed())
                .limit(MOST_LOGS)
                .map(ChannelInfo::channel)
                .toList();
    }
}
