package io.tailrace.server.source.postgresql;

import io.tailrace.server.settings.PostgresSourceSettings;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Asks the database. Confined to the source's thread. */
final class TableReader {

    private static final long LEAST_BYTES = 1 << 20; // of a page: below, it may have more rows
    private static final long MOST_BYTES = 8 << 20;
    private static final int MOST_ROWS = 5_000;
    // Row versions have the lower half of the number of their transaction.
    private static final long LOWER = 0xFFFF_FFFFL;

    private final Connection connection;
    private final String table;
    private final String columns;
    private final String id;
    private int rows = 100;

    /**
     * How the database stands.
     *
     * @param oldest the oldest transaction that runs
     * @param next the one that has not begun
     * @param highest the highest id in the table, 0 while there is none
     * @param file where the table lies
     */
    record Standing(long oldest, long next, long highest, long file) {}

    /**
     * A row.
     *
     * @param transaction that wrote it
     * @param payload what it says, or null
     * @param time when it was written, in milliseconds, or null when it does not say
     */
    record Row(long id, long transaction, byte @Nullable [] payload, @Nullable Long time) {}

    /**
     * Some rows.
     *
     * @param full whether there may be more
     */
    record Page(List<Row> rows, boolean full) {}

    TableReader(Connection connection, PostgresSourceSettings settings) {
        this.connection = connection;
        this.table =
                Arrays.stream(settings.table().split("\\."))
                        .map(TableReader::quoted)
                        .collect(Collectors.joining("."));
        this.id = "t." + quoted(settings.id());
        String time =
                settings.time() == null ? "null::bigint" : millis("t." + quoted(settings.time()));
        this.columns =
                "%s::bigint AS id, t.xmin::text::bigint AS wrote, %s AS payload, %s AS written"
                        .formatted(id, payload(settings), time);
    }

    /** None when it is infinite, or not in the years 1 to 9999. */
    private static String millis(String time) {
        return """
        CASE WHEN extract(epoch from %s)::float8 BETWEEN -62135596800 AND 253402300799
          THEN (extract(epoch from %s) * 1000)::bigint END\
        """
                .formatted(time, time);
    }

    private static String payload(PostgresSourceSettings settings) {
        if (settings.payload() != null) {
            return "t." + quoted(settings.payload());
        }
        Map<String, String> fields = new TreeMap<>(settings.fields());
        return fields.entrySet().stream()
                .map(field -> literal(field.getKey()) + ", t." + quoted(field.getValue()))
                .collect(
                        Collectors.joining(
                                ", ", "json_strip_nulls(json_build_object(", "))::text"));
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    Standing standing() throws SQLException {
        String sql =
                """
                SELECT txid_snapshot_xmin(s), txid_snapshot_xmax(s),
                  (SELECT max(%s)::bigint FROM %s t),
                  coalesce(pg_relation_filenode(%s::regclass), 0)::bigint
                FROM txid_current_snapshot() s
                """
                        .formatted(id, table, literal(table));
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            boolean _ = result.next();
            return new Standing(
                    result.getLong(1), result.getLong(2), result.getLong(3), result.getLong(4));
        }
    }

    /**
     * Whether rows that were read look like new ones: something wrote them all anew.
     *
     * @param next the transaction that had not begun a moment ago
     */
    boolean rewritten(TableCursor cursor, long next) throws SQLException {
        String sql =
                "SELECT t.xmin::text::bigint FROM %s t WHERE %s <= %d ORDER BY %s LIMIT 1"
                        .formatted(table, id, cursor.highest(), id);
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            return result.next() && whole(result.getLong(1), next) >= cursor.settled();
        }
    }

    /** The number of a transaction of which only the lower half is known. */
    private static long whole(long lower, long next) {
        return next + (int) (lower - next);
    }

    /**
     * The next rows that were not read.
     *
     * @param next the transaction that had not begun a moment ago
     */
    Page page(TableCursor cursor, long next) throws SQLException {
        List<IdRanges.Range> holes = cursor.holes();
        String sql =
                """
                SELECT r.* FROM unnest(?::bigint[], ?::bigint[]) AS h(low, high)
                CROSS JOIN LATERAL (SELECT %s FROM %s t
                  WHERE %s >= h.low AND %s <= h.high AND %s AND %s
                  ORDER BY %s LIMIT %d) r
                ORDER BY r.id LIMIT %d
                """
                        .formatted(
                                columns,
                                table,
                                id,
                                id,
                                cursor.settled() == 0 ? "true" : since(cursor.settled()),
                                cursor.limit() == 0 ? "true" : "NOT " + since(cursor.limit()),
                                id,
                                rows,
                                rows);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, ids(holes.stream().map(IdRanges.Range::low).toList()));
            statement.setArray(2, ids(holes.stream().map(IdRanges.Range::high).toList()));
            try (ResultSet result = statement.executeQuery()) {
                return page(result, next);
            }
        }
    }

    private java.sql.Array ids(List<Long> ids) throws SQLException {
        return connection.createArrayOf("bigint", ids.toArray());
    }

    /** Whether a row was written by that transaction or a newer one, in a world of 32 bits. */
    private static String since(long transaction) {
        return "((t.xmin::text::bigint - %d) & %d) < 2147483648"
                .formatted(transaction & LOWER, LOWER);
    }

    private Page page(ResultSet result, long next) throws SQLException {
        List<Row> page = new ArrayList<>();
        long bytes = 0;
        while (result.next()) {
            byte[] payload = result.getBytes(3);
            long time = result.getLong(4);
            boolean timed = !result.wasNull();
            long transaction = whole(result.getLong(2), next);
            page.add(new Row(result.getLong(1), transaction, payload, timed ? (Long) time : null));
            bytes += payload == null ? 0 : payload.length;
        }
        boolean full = page.size() >= rows;
        if (bytes > MOST_BYTES) {
            rows = Math.max(1, rows / 4);
        } else if (full && bytes < LEAST_BYTES) {
            rows = Math.min(MOST_ROWS, rows * 4);
        }
        return new Page(page, full);
    }
}
