package io.tailrace.server.source.postgresql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Which rows of a table were read. Ids alone do not tell: a row may become visible after rows with
 * higher ids, when its transaction commits late. What counts is which transactions have ended.
 *
 * <p>A round begins with a snapshot. Its <i>horizon</i>, the oldest transaction that still runs,
 * divides the rows: all that older transactions wrote are visible now, and when the round has seen
 * them they need not be looked for again. Rows of newer transactions that are visible already are
 * taken at once; their ids are remembered until the horizon has passed them. So nothing waits for a
 * transaction that takes an hour, and what that one writes comes when it ends.
 *
 * <p>Rounds need not begin at the first id: a transaction that began behind a snapshot has ids
 * behind those that were seen before it, but for the few that writers had taken ahead. Confined to
 * the source's thread.
 */
final class TableCursor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_AHEAD = 2_000; // ranges
    private static final int MOST_SNAPSHOTS = 1_000;

    private final long reach;
    private final IdRanges ahead = new IdRanges();
    private final Deque<Snapshot> snapshots = new ArrayDeque<>();
    private long settled; // all rows of transactions before this one were read; 0: of none
    private long base = Long.MIN_VALUE; // rows of others have higher ids
    private long file; // where the table lies: another one when it was emptied or rewritten
    private long horizon; // of the round that is under way; 0 between rounds
    private long last; // the id up to which that round has come
    private long highest; // the highest id that was read

    /**
     * A snapshot of the database.
     *
     * @param next the transaction that had not begun
     * @param highest the highest id in the table
     */
    private record Snapshot(long next, long highest) {}

    /**
     * At the very beginning.
     *
     * @param reach how many ids writers take ahead
     */
    TableCursor(long reach) {
        this.reach = reach;
    }

    /** The transaction from which on rows are to be looked at; 0 for all. */
    long settled() {
        return settled;
    }

    /** Only rows of older transactions are to be read now; 0 when all are. */
    long limit() {
        return ahead.size() < MOST_AHEAD ? 0 : horizon;
    }

    long highest() {
        return highest;
    }

    /** Whether a round is under way. */
    boolean reading() {
        return horizon > 0;
    }

    /**
     * Begins a round.
     *
     * @param oldest the oldest transaction that runs
     * @param next the one that has not begun
     * @param present the highest id in the table
     */
    void begin(long oldest, long next, long present) {
        long known = Math.max(present, highest);
        Snapshot before = snapshots.peekLast();
        boolean same = before != null && before.highest() == known;
        if (!same && snapshots.size() < MOST_SNAPSHOTS) {
            snapshots.addLast(new Snapshot(next, known));
        }
        horizon = oldest;
        last = base;
    }

    /** Where in the table the round goes on. */
    List<IdRanges.Range> holes() {
        return ahead.holesBehind(last);
    }

    /** A row was read. */
    void read(long id, long transaction) {
        last = Math.max(last, id);
        highest = Math.max(highest, id);
        if (transaction >= horizon) {
            ahead.add(id, transaction);
        }
    }

    /** The round has come to the end of the table. */
    void end() {
        settled = horizon;
        horizon = 0;
        while (!snapshots.isEmpty() && snapshots.getFirst().next() <= settled) {
            base = Math.max(base, snapshots.removeFirst().highest() - reach);
        }
        ahead.forget(base, settled);
    }

    /** What was there is passed over: read are rows that transactions from now on make visible. */
    void skip(long oldest) {
        settled = oldest;
    }

    /**
     * Whether the table was emptied or rewritten since. When its ids begin anew, the next round
     * looks at all of them.
     */
    boolean moved(long where, long present) {
        boolean moved = file != 0 && file != where;
        file = where;
        if (moved && present < highest) {
            base = Long.MIN_VALUE;
            last = base;
            snapshots.clear();
            ahead.clear();
            highest = present;
        }
        return moved;
    }

    /** All rows were written anew by a newer transaction: those with higher ids are new. */
    void rewritten() {
        base = highest;
        last = Math.max(last, base);
        ahead.clear();
        snapshots.clear();
    }

    /** Transactions are counted anew: only rows with higher ids are known to be new. */
    void restart() {
        settled = 0;
        horizon = 0;
        base = highest;
        ahead.clear();
        snapshots.clear();
    }

    /** To be kept with the events of the rows that were read. */
    byte[] encode() {
        ObjectNode json =
                JSON.createObjectNode()
                        .put("settled", settled)
                        .put("base", base)
                        .put("file", file)
                        .put("horizon", horizon)
                        .put("last", last)
                        .put("highest", highest);
        ArrayNode ranges = json.putArray("ahead");
        for (IdRanges.Range range : ahead.list()) {
            ranges.add(range.low()).add(range.high()).add(range.newest());
        }
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory only
        }
    }

    /** As it was kept. */
    static TableCursor decode(byte[] bytes, long reach) {
        try {
            JsonNode json = JSON.readTree(bytes);
            TableCursor cursor = new TableCursor(reach);
            cursor.settled = json.path("settled").asLong();
            cursor.base = json.path("base").asLong();
            cursor.file = json.path("file").asLong();
            cursor.horizon = json.path("horizon").asLong();
            cursor.last = json.path("last").asLong();
            cursor.highest = json.path("highest").asLong();
            JsonNode ranges = json.path("ahead");
            for (int i = 0; i + 2 < ranges.size(); i += 3) {
                cursor.ahead.put(
                        ranges.get(i).asLong(),
                        ranges.get(i + 1).asLong(),
                        ranges.get(i + 2).asLong());
            }
            return cursor;
        } catch (IOException e) {
            throw new UncheckedIOException("What was noted about the table is damaged.", e);
        }
    }
}
