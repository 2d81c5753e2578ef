package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.StreamItem;
import io.tailrace.desktop.connection.Connection;
import io.tailrace.desktop.state.EventCache;
import io.tailrace.desktop.state.IncidentFile;
import io.tailrace.desktop.state.ViewState;
import io.tailrace.model.Channel;
import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.RunKey;
import io.tailrace.model.RunState;
import io.tailrace.model.Subject;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Writes what a console keeps about a run into one file, and reads it again. */
final class Incidents {

    private static final Duration AROUND = Duration.ofMinutes(2);
    private static final int COMPARED = 30; // earlier runs go along: the grey behind the bars

    private Incidents() {}

    /**
     * What goes into a file.
     *
     * @param run the run it is about; null for everything that is kept
     * @param runs the runs of its workflow, newest first
     */
    record Subjects(URI gateway, @Nullable RunState run, List<RunState> runs) {}

    /**
     * Writes the file; blocks.
     *
     * @return a sentence for people
     */
    static String save(
            Path file, Subjects subjects, String note, ViewState view, @Nullable EventCache cache) {
        if (cache == null) {
            return text("console.incident.elsewhere");
        }
        RunState run = subjects.run();
        String about =
                run == null
                        ? text("console.incident.all")
                        : text("console.incident.run", run.key());
        IncidentFile.Head head =
                new IncidentFile.Head(Instant.now(), subjects.gateway(), about, note, view);
        try {
            long items =
                    IncidentFile.write(
                            file,
                            head,
                            taker -> {
                                cache.copy(item -> {
                                    if (run == null || belongs(item, run)) {
                                        taker.accept(item);
                                    }
                                });
                                if (run != null) { // last: what was kept of it may be a part
                                    taker.accept(state(subjects, run));
                                }
                            });
            return count("console.incident.written", items, file);
        } catch (IOException e) {
            return text("console.incident.failed", file, String.valueOf(e.getMessage()));
        }
    }

    /**
     * What a file shows.
     *
     * @param gateway where it was received
     * @param connection tells what is in it
     * @param view how it was looked at
     */
    record Opened(URI gateway, Connection connection, ViewState view) {}

    /** Opens a file; what is in it is told when the console starts. */
    static Opened open(Path file, Consumer<String> told) throws IOException {
        IncidentFile.Head head = IncidentFile.head(file);
        return new Opened(head.gateway(), told(file, sentence(head), told), head.view());
    }

    private static Connection told(Path file, String sentence, Consumer<String> told) {
        return Connection.saved(
                taker -> {
                    try {
                        String problem = IncidentFile.read(file, taker);
                        if (!problem.isEmpty()) {
                            told.accept(problem);
                        }
                    } catch (IOException e) {
                        told.accept(
                                text(
                                        "state.file.unreadable",
                                        file,
                                        String.valueOf(e.getMessage())));
                    }
                },
                sentence);
    }

    private static String sentence(IncidentFile.Head head) {
        String when = head.savedAt().toString().substring(0, 16).replace('T', ' ');
        return head.note().isEmpty()
                ? text("console.incident.shown", when, head.about())
                : text("console.incident.shown.note", when, head.about(), head.note());
    }

    /** The run as it stands and those it is compared with: their entries may be long gone. */
    private static StreamItem state(Subjects subjects, RunState run) {
        List<RunState> same =
                subjects.runs().stream()
                        .filter(other -> other.key().workspace().equals(run.key().workspace()))
                        .filter(other -> other.key().workflow().equals(run.key().workflow()))
                        .limit(COMPARED)
                        .toList();
        Header header = Header.of(Channel.session("incident"), Instant.now(), Subject.NONE);
        Cursor cursor = run.reportedBy();
        return new StreamItem.Told(new Event.Snapshot(header, cursor, same), Instant.now());
    }

    /** What is about the run, and the measures of its workspace while it ran. */
    private static boolean belongs(StreamItem item, RunState run) {
        return switch (item) {
            case StreamItem.Received(Entry entry, _) -> belongs(entry.event(), run);
            case StreamItem.Told(Event.Gap _, _) -> true;
            case StreamItem.Told _,
                    StreamItem.Changed _,
                    StreamItem.Warned _,
                    StreamItem.Unreadable _ ->
                    false;
        };
    }

    private static boolean belongs(Event event, RunState run) {
        RunKey key = event.subject().runKey();
        if (key != null) {
            return key.equals(run.key());
        }
        boolean there =
                run.key().workspace().equals(event.channel().workspace())
                        && event.channel().type().equals("metrics");
        Instant begin = run.startedAt() == null ? Instant.MIN : run.startedAt().minus(AROUND);
        Instant end = run.endedAt() == null ? Instant.MAX : run.endedAt().plus(AROUND);
        return there && event.timestamp().isAfter(begin) && event.timestamp().isBefore(end);
    }
}
