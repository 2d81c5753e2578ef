package io.tailrace.server.broker;

import io.tailrace.model.Cursor;
import io.tailrace.server.eventlog.NewEntry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** What several publishers want stored, put together for one append. Confined to the writer. */
final class AppendGroup {

    private static final String MISPLACED =
            "The events are stored, but not where they were due: do not send them again.";

    private final List<Pending> group;
    private final List<byte[]> answers;
    private final List<NewEntry> entries = new ArrayList<>();
    private final Map<String, byte[]> receipts = new LinkedHashMap<>();
    private final Map<String, byte[]> notes = new HashMap<>();
    private long bytes;

    /**
     * Puts them together.
     *
     * @param next the position that the first entry gets
     * @param cursors of positions
     */
    AppendGroup(List<Pending> group, long next, LongFunction<Cursor> cursors) {
        this.group = group;
        this.answers = new ArrayList<>(group.size());
        for (Pending pending : group) {
            entries.addAll(pending.entries);
            bytes += pending.bytes;
            notes.putAll(pending.notes);
            byte[] answer = pending.answer.apply(cursors.apply(next + entries.size() - 1));
            answers.add(answer);
            if (pending.key != null) {
                receipts.put(pending.key, answer);
            }
        }
    }

    List<NewEntry> entries() {
        return entries;
    }

    Map<String, byte[]> receipts() {
        return receipts;
    }

    Map<String, byte[]> notes() {
        return notes;
    }

    /** Size of the entries as JSON. */
    long bytes() {
        return bytes;
    }

    /**
     * It is stored: lets the publishers go.
     *
     * @param inPlace whether it lies where it should; otherwise their cursors would be wrong
     */
    void end(boolean inPlace) {
        for (int i = 0; i < group.size(); i++) {
            if (inPlace) {
                group.get(i).complete(answers.get(i));
            } else {
                group.get(i).fail(new BrokerException(MISPLACED));
            }
        }
    }
}
