package io.tailrace.server.source.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.server.settings.PostgresSourceSettings;
import io.tailrace.server.source.WithSources;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL with a table {@code events}, and a gateway's log to fetch it into. */
abstract class WithPostgres extends WithSources {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void begin() throws SQLException {
        execute(
                "DROP TABLE IF EXISTS events",
                "CREATE TABLE events (id bigserial PRIMARY KEY, payload text)");
    }

    private static String url() {
        return postgres.getJdbcUrl("postgres", "postgres").replaceAll("\\?.*", "");
    }

    static Connection connection() throws SQLException {
        return DriverManager.getConnection(url(), "postgres", "");
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                boolean _ = statement.execute(sql);
            }
        }
    }

    static void execute(String... statements) throws SQLException {
        try (Connection connection = connection()) {
            execute(connection, statements);
        }
    }

    static String insert(String payload) {
        return "INSERT INTO events (payload) VALUES ('%s')".formatted(payload);
    }

    void source(String more) throws IOException {
        start(
                "p { type = postgresql, url = \"%s\", user = postgres, table = \"public.events\", poll = 20ms, workspace = acme, workflow = nightly, %s }"
                        .formatted(url(), more),
                (settings, dialects) ->
                        new PostgresSource((PostgresSourceSettings) settings, dialects));
    }

    void source() throws IOException {
        source("");
    }

    void arrived(String... texts) {
        await().untilAsserted(() -> assertThat(messages()).containsExactly(texts));
    }
}
