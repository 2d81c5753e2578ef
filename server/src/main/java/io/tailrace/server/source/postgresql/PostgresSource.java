package io.tailrace.server.source.postgresql;

import io.tailrace.server.settings.PostgresSourceSettings;
import io.tailrace.server.settings.SettingsException;
import io.tailrace.server.source.Outlet;
import io.tailrace.server.source.Source;
import io.tailrace.server.source.SourcePart;
import io.tailrace.server.source.message.MessageDialects;

import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.jdbc.SslMode;
import org.postgresql.util.PSQLException;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/**
 * Reads the rows that are added to a table of PostgreSQL, each once, also those whose transaction
 * commits late.
 *
 * <p>{@link #run} is used by one thread at a time.
 */
public final class PostgresSource implements Source {

    private final PostgresSourceSettings settings;
    private final MessageDialects dialects;

    // Written by the source's thread.
    private volatile List<SourcePart> parts = List.of();

    /**
     * Ready to run.
     *
     * @throws SettingsException when the driver does not take the URL or a property
     */
    public PostgresSource(PostgresSourceSettings settings, MessageDialects dialects) {
        check(settings);
        this.settings = settings;
        this.dialects = dialects;
    }

    private static void check(PostgresSourceSettings settings) {
        for (String property : settings.properties().keySet()) {
            if (PGProperty.forName(property) == null) {
                throw settings.unusable(
                        "properties", "PostgreSQL's driver has no property '" + property + "'.");
            }
        }
        Properties properties = new Properties();
        properties.putAll(settings.properties());
        Properties all = Driver.parseURL(settings.url(), properties);
        if (all == null) {
            throw settings.unusable(
                    "url",
                    "PostgreSQL's driver does not understand it; write"
                            + " jdbc:postgresql://host:5432/database.");
        }
        try {
            var _ = SslMode.of(all);
        } catch (PSQLException e) {
            boolean there = settings.properties().containsKey(PGProperty.SSL_MODE.getName());
            throw settings.unusable(there ? "properties" : "url", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String type() {
        return "postgresql";
    }

    @Override
    public List<SourcePart> parts() {
        return parts;
    }

    @Override
    public void run(Outlet outlet) throws IOException, InterruptedException {
        try (Connection connection = connect();
                Notifications notifications = new Notifications(connection, settings)) {
            var tail = new TableTail(settings, dialects, connection, outlet, now -> parts = now);
            tail.run(notifications);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "tailrace");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("socketTimeout", "300");
        properties.setProperty("tcpKeepAlive", "true");
        properties.putAll(settings.properties());
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        Connection connection = new Driver().connect(settings.url(), properties);
        if (connection == null) {
            throw new SQLException("The URL is none of PostgreSQL: " + settings.url());
        }
        return connection;
    }

    private static IOException failed(SQLException e) {
        String why = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
        return new IOException("PostgreSQL says: " + why, e);
    }
}
