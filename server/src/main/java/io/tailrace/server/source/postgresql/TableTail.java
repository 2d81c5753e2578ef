package io.tailrace.server.source.postgresql;

import io.tailrace.model.Event;
import io.tailrace.server.settings.PostgresSourceSettings;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.SourcePart;
import io.tailrace.server.source.message.Message;
import io.tailrace.server.source.message.MessageDialects;
import io.tailrace.server.source.message.MessageReader;
import io.tailrace.server.source.message.Refused;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Takes one row after the other. Confined to the source's thread. */
final class TableTail {

    private static final int BUSY = 4; // it looks for a fifth of the time at most, at rest
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final PostgresSourceSettings settings;
    private final TableReader table;
    private final Outlet outlet;
    private final MessageReader reader;
    private final Clock clock;
    private final Consumer<List<SourcePart>> shown;
    private final TableCursor cursor;
    private final List<Event.Published> events = new ArrayList<>();
    private boolean passing; // rows that were there before the very first start
    private boolean fresh;
    private long kept; // when the position was stored last

    /**
     * Reads over that connection.
     *
     * @param shown told now and then up to where it was read
     */
    TableTail(
            PostgresSourceSettings settings,
            MessageDialects dialects,
            Connection connection,
            Outlet outlet,
            Consumer<List<SourcePart>> shown) {
        this.settings = settings;
        this.table = new TableReader(connection, settings);
        this.outlet = outlet;
        this.reader = dialects.reader(settings.messages());
        this.clock = dialects.clock();
        this.shown = shown;
        Optional<byte[]> stored = outlet.position(settings.table());
        this.fresh = stored.isEmpty();
        this.cursor =
                stored.map(bytes -> TableCursor.decode(bytes, settings.reach()))
                        .orElseGet(() -> new TableCursor(settings.reach()));
    }

    /** Reads until it is interrupted. */
    void run(Notifications notifications) throws SQLException, InterruptedException {
        while (true) {
            long begin = System.nanoTime();
            boolean any = round();
            long spent = System.nanoTime() - begin;
            notifications.await(any ? Duration.ZERO : Duration.ofNanos(spent * BUSY));
        }
    }

    /** Looks once through what is not settled; whether there was something. */
    private boolean round() throws SQLException, InterruptedException {
        TableReader.Standing now = table.standing();
        check(now);
        if (!cursor.reading()) {
            passing = fresh && !settings.fromBeginning();
            if (passing) {
                cursor.skip(now.oldest());
            }
            fresh = false;
            cursor.begin(now.oldest(), now.next(), now.highest());
        }
        boolean any = false;
        for (boolean more = true; more; ) {
            TableReader.Page page = table.page(cursor, now.next());
            page.rows().forEach(this::take);
            any |= !page.rows().isEmpty();
            more = page.full();
            if (more) {
                store();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("The source was stopped.");
            }
        }
        cursor.end();
        if (any || passing || clock.millis() - kept >= KEPT.toMillis()) {
            store();
        } else {
            outlet.store(List.of(), Map.of()); // the database answers
        }
        shown.accept(
                List.of(
                        SourcePart.of(
                                settings.table(),
                                passing ? now.highest() : cursor.highest(),
                                Math.max(now.highest(), cursor.highest()))));
        return any;
    }

    private void check(TableReader.Standing now) throws SQLException {
        if (now.next() < cursor.settled()) {
            cursor.restart();
            say(
                    "The database of %s counts its transactions anew, as after it was restored: rows up to id %d that were not read are missing."
                            .formatted(settings.table(), cursor.highest()));
        }
        long before = cursor.highest();
        if (!cursor.moved(now.file(), now.highest())) {
            return;
        }
        if (now.highest() < before) {
            say(
                    "Table %s was emptied after id %d was read: rows that were not read by then are missing."
                            .formatted(settings.table(), before));
        } else if (table.rewritten(cursor, now.next())) {
            cursor.rewritten();
            say(
                    "Table %s was rewritten after id %d was read: rows up to that id are not read again, and any of them that were not read are missing."
                            .formatted(settings.table(), before));
        }
    }

    private void say(String sentence) {
        outlet.warn(sentence);
        events.add(reader.notice(settings.table(), sentence));
    }

    private void take(TableReader.Row row) {
        cursor.read(row.id(), row.transaction());
        if (passing) {
            return;
        }
        byte[] payload = row.payload();
        if (payload == null) {
            reject(row, new Refused("it has none.", new byte[0], "", ""));
            return;
        }
        Instant time = row.time() == null ? clock.instant() : Instant.ofEpochMilli(row.time());
        reader.read(Message.of(payload, time, settings.table()), events, part -> reject(row, part));
    }

    private void reject(TableReader.Row row, Refused part) {
        part.leaveOut("The payload of row %d of %s".formatted(row.id(), settings.table()), outlet);
    }

    private void store() {
        outlet.store(List.copyOf(events), Map.of(settings.table(), cursor.encode()));
        events.clear();
        kept = clock.millis();
    }
}
