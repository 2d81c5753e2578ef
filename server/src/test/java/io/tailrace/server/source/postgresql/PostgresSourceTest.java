package io.tailrace.server.source.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.model.Event;
import io.tailrace.model.Level;
import io.tailrace.server.source.SourcePart;
import io.tailrace.server.source.SourceStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Against a real PostgreSQL. */
@Execution(ExecutionMode.CONCURRENT)
class PostgresSourceTest extends WithPostgres {

    @Test
    void readsRowsAndSaysUpToWhere() throws Exception {
        execute(insert("one"), insert("{\"message\":\"two\",\"level\":\"ERROR\"}"));
        source();
        arrived("one", "two");
        execute(insert("three"));
        arrived("one", "two", "three");
        assertThat(lines().get(1).level()).isEqualTo(Level.ERROR);
        await().untilAsserted(() ->
                assertThat(status().parts()).containsExactly(SourcePart.of("public.events", 3, 3)));
    }

    @Test
    void aTransactionThatCommitsLateIsNotMissedAndHoldsUpNobody() throws Exception {
        source();
        try (Connection late = connection()) {
            late.setAutoCommit(false);
            execute(late, insert("late 1"), "SAVEPOINT s", insert("late 2"), "RELEASE s");
            execute(insert("early 3"), insert("early 4"));
            arrived("early 3", "early 4");
            execute(late, "SAVEPOINT t", insert("late 5"), "ROLLBACK TO t", insert("late 6"));
            execute(insert("early 7"));
            arrived("early 3", "early 4", "early 7");
            stop(); // it knows after a restart too what it has and has not
            source();
            execute(insert("early 8"));
            arrived("early 3", "early 4", "early 7", "early 8");
            late.commit();
        }
        arrived("early 3", "early 4", "early 7", "early 8", "late 1", "late 2", "late 6");
        execute(insert("last"));
        await().until(() -> messages().contains("last"));
        assertThat(messages()).hasSize(8);
    }

    @Test
    void manyWritersWhoCommitInAnyOrderLoseNothing() throws Exception {
        source();
        List<Thread> writers = new ArrayList<>();
        List<String> failed = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int w = 0; w < 6; w++) {
            int writer = w;
            writers.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    write(writer);
                                } catch (SQLException e) {
                                    failed.add(e.toString());
                                }
                            }));
        }
        for (int i = 0; i < 3; i++) {
            long before = log.newest();
            await().until(() ->
                    log.newest() > before || writers.stream().noneMatch(Thread::isAlive));
            stop();
            source();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(failed).isEmpty();
        String[] expected =
                IntStream.range(0, 6 * 200)
                        .filter(i -> i % 200 % 7 != 3)
                        .mapToObj(i -> "row " + i)
                        .toArray(String[]::new);
        await().untilAsserted(
                        () -> assertThat(messages()).hasSizeGreaterThanOrEqualTo(expected.length));
        assertThat(messages()).containsExactlyInAnyOrder(expected);
    }

    /** Transactions of several rows, some of which are rolled back. */
    private static void write(int writer) throws SQLException {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 200; i++) {
                execute(connection, "SAVEPOINT s", insert("row " + (writer * 200 + i)));
                execute(connection, (i % 7 == 3 ? "ROLLBACK TO" : "RELEASE") + " SAVEPOINT s");
                if (i % (writer * 9 + 1) == 0) {
                    connection.commit();
                }
            }
            connection.commit();
        }
    }

    @Test
    void aNotificationWakesIt() throws Exception {
        source("notify = \"new events\", poll = 1h");
        await().until(() -> !status().parts().isEmpty());
        await().until(() -> {
            execute(insert("hello"), "NOTIFY \"new events\"");
            return !messages().isEmpty();
        });
    }

    @Test
    void goesOnWhereItStoppedAlsoWhenTheLogRefuses() throws Exception {
        source();
        execute(insert("one"));
        arrived("one");
        log.full = true;
        execute(insert("two"));
        await().until(() -> status().failures() > 0);
        log.full = false;
        arrived("one", "two");
        stop();
        execute(insert("three"));
        source();
        arrived("one", "two", "three");
    }

    @Test
    void aLostConnectionIsMadeAnew() throws Exception {
        source();
        execute(insert("one"));
        arrived("one");
        execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
                        + " 'tailrace'");
        execute(insert("two"));
        arrived("one", "two");
        await().untilAsserted(() -> assertThat(status().failures()).isZero());
        assertThat(status().state()).isEqualTo(SourceStatus.State.RUNNING);
    }

    @Test
    void columnsMayBeTheMembersOfAnEvent() throws Exception {
        execute(
                "DROP TABLE events",
                "CREATE TABLE events (no int PRIMARY KEY, note text, grave text, batch int, at"
                        + " timestamptz)",
                "INSERT INTO events VALUES (7, 'hello', 'warn', 42, '2026-11-21T10:00:00Z')",
                "INSERT INTO events VALUES (9, 'again', null, 42, null)");
        source(
                "id = no, fields { message = note, level = grave, run = batch }, time = at, dialect"
                        + " = tailrace");
        arrived("hello", "again");
        Event.Log first = lines().getFirst();
        assertThat(first.level()).isEqualTo(Level.WARN);
        assertThat(first.subject().run()).isEqualTo("42");
        assertThat(first.header().timestamp()).isEqualTo("2026-11-21T10:00:00Z");
        assertThat(lines().getLast().level()).isEqualTo(Level.INFO);
    }

    @Test
    void startsAtTheEndWhenThatIsWantedButOnlyTheFirstTime() throws Exception {
        try (Connection late = connection()) {
            late.setAutoCommit(false);
            execute(late, insert("in the midst"));
            execute(insert("old"));
            source("start = end");
            await().until(() -> !status().parts().isEmpty());
            late.commit();
        }
        arrived("in the midst");
        stop();
        execute(insert("while it was stopped"));
        source("start = end");
        arrived("in the midst", "while it was stopped");
    }

    @Test
    void idsMayBeginAnewWhenTheTableWasEmptied() throws Exception {
        execute("INSERT INTO events SELECT n, 'old ' || n FROM generate_series(1, 3000) n");
        source();
        await().until(() -> messages().size() == 3000);
        execute("TRUNCATE events RESTART IDENTITY", insert("new 1"), insert("new 2"));
        await().until(() -> messages().contains("new 2"));
        assertThat(messages()).hasSize(3003).anyMatch(line -> line.contains("was emptied"));
        execute("DELETE FROM events", insert("new 3"), "VACUUM FULL events", insert("new 4"));
        await().until(() -> messages().contains("new 4"));
        assertThat(messages().stream().filter(line -> !line.contains("was rewritten")))
                .hasSize(3005);
    }

    @Test
    void aTableThatIsRewrittenIsNotReadAgain() throws Exception {
        execute("ALTER TABLE events ALTER id TYPE int", insert("one"), insert("two"));
        source();
        arrived("one", "two");
        execute("ALTER TABLE events ALTER COLUMN id TYPE bigint", insert("three"));
        await().until(() -> messages().contains("three"));
        assertThat(messages())
                .hasSize(4)
                .anyMatch(line -> line.contains("was rewritten after id 2 was read"));
    }

    @Test
    void aTimeThatIsNoneStopsNothing() throws Exception {
        execute(
                "ALTER TABLE events ADD at timestamptz",
                "INSERT INTO events (payload, at) VALUES ('ever', 'infinity'),"
                        + " ('late', '20000-01-01Z'), ('now', '2026-11-21T10:00:00Z')");
        source("time = at");
        arrived("ever", "late", "now");
        assertThat(lines().getLast().header().timestamp()).isEqualTo("2026-11-21T10:00:00Z");
    }

    @Test
    void whatCannotBeUnderstoodIsLeftOutAndKept() throws Exception {
        execute(
                "ALTER TABLE events ALTER payload TYPE bytea USING payload::bytea",
                insert("\\\\x6f6e65"),
                "INSERT INTO events (payload) VALUES ('\\x0001')",
                "INSERT INTO events (payload) VALUES (null)",
                "INSERT INTO events (payload) VALUES ('\\x74776f')");
        source();
        await().until(() -> letters.counts().kept() == 2);
        assertThat(messages()).contains("two");
        assertThat(status().rejected()).isEqualTo(2);
    }

    @Test
    void saysWhatIsWrong() throws Exception {
        execute("DROP TABLE events");
        source();
        await().until(() -> String.valueOf(status().problem()).contains("does not exist"));
        execute("CREATE TABLE events (id bigserial PRIMARY KEY, payload json)");
        execute(insert("{\"message\":\"there\"}"));
        arrived("there");
        assertThat(status().problem()).isNull();
        stop();
        assertThat(status().problem()).isNull();
    }

    @Test
    void manyLargeRowsAreReadInPages() throws Exception {
        execute(
                "INSERT INTO events (payload) SELECT n || repeat('x', 30000) FROM"
                        + " generate_series(1, 700) n");
        execute("INSERT INTO events (payload) SELECT n FROM generate_series(1, 20000) n");
        source();
        await().until(() -> log.newest() == 20_700);
    }
}
