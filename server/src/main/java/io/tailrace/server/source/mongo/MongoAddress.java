package io.tailrace.server.source.mongo;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

import io.tailrace.server.settings.MongoSourceSettings;
import io.tailrace.server.settings.SettingsException;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Connects to a database, and says in sentences why it cannot. No sentence has the user's name or
 * the password.
 */
final class MongoAddress {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 60_000; // on a connection that waits for an answer
    private static final int LONGEST = 300;
    private static final int UNAUTHORIZED = 13;
    private static final int AUTHENTICATION_FAILED = 18;
    private static final int NO_REPLICA_SET = 40_573;
    private static final Pattern CAUSE =
            Pattern.compile("(?:caused by |exception=)\\{[\\w.$]+: ([^{}]*)}");
    private static final Pattern USER = Pattern.compile("//[^/\\s]*@");

    // What the exception says may have parts of the password in it.
    private static final String UNUSABLE =
            "write mongodb://user:password@host:27017/ with %-escapes for the characters"
                    + " : / ? # [ ] @ % in the password.";

    private final MongoSourceSettings settings;

    /**
     * Checks what can be checked without asking the network for names.
     *
     * @throws SettingsException when the connection string cannot be used
     */
    MongoAddress(MongoSourceSettings settings) {
        this.settings = settings;
        if (settings.uri().text().startsWith("mongodb://")) {
            try {
                options(new ConnectionString(settings.uri().text()));
            } catch (IllegalArgumentException | MongoClientException e) {
                throw settings.unusable("uri", UNUSABLE);
            }
        }
    }

    /**
     * A client, which connects when it is used.
     *
     * @throws IOException when the connection string cannot be used
     */
    MongoClient open() throws IOException {
        try {
            return MongoClients.create(options(new ConnectionString(settings.uri().text())));
        } catch (IllegalArgumentException | MongoClientException e) {
            throw new IOException("Its 'uri' cannot be used: " + UNUSABLE);
        }
    }

    private static MongoClientSettings options(ConnectionString uri) {
        var options = MongoClientSettings.builder().applyConnectionString(uri);
        if (uri.getApplicationName() == null) {
            options.applicationName("tailrace");
        }
        if (uri.getServerSelectionTimeout() == null) {
            options.applyToClusterSettings(cluster ->
                    cluster.serverSelectionTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
        if (uri.getSocketTimeout() == null) {
            options.applyToSocketSettings(
                    socket -> socket.readTimeout(SILENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
        return options.build();
    }

    /** Why it did not work, in a sentence. */
    IOException failure(MongoException e) {
        String text = String.valueOf(e.getMessage());
        boolean denied =
                e instanceof MongoSecurityException
                        || e.getCode() == AUTHENTICATION_FAILED
                        || text.contains("MongoSecurityException");
        String where = "database '" + settings.database() + "'";
        if (denied) {
            return new IOException(
                    "The server of %s does not accept the user or the password in 'uri'."
                            .formatted(where));
        }
        if (e.getCode() == UNAUTHORIZED) {
            return new IOException(
                    "The user in 'uri' may not read %s: give it the role read there."
                            .formatted(where));
        }
        if (e.getCode() == NO_REPLICA_SET) {
            return new IOException(
                    "The server of %s is no member of a replica set, so it has no change streams:"
                                    .formatted(where)
                            + " make it one, or set mode = poll.");
        }
        if (e instanceof MongoTimeoutException) {
            return new IOException("No server of %s answers: %s.".formatted(where, reason(text)));
        }
        return new IOException("Reading %s failed: %s".formatted(where, reason(said(e, text))));
    }

    private static String said(MongoException e, String text) {
        return e instanceof MongoCommandException command
                ? "error %d, %s".formatted(command.getErrorCode(), command.getErrorMessage())
                : text;
    }

    /** What the driver says, without what it knows of the whole cluster. */
    private static String reason(String text) {
        Matcher matcher = CAUSE.matcher(text);
        String last = text;
        while (matcher.find()) {
            last = matcher.group(1);
        }
        String masked = USER.matcher(last).replaceAll("//***@");
        return masked.length() > LONGEST ? masked.substring(0, LONGEST) + "…" : masked;
    }
}
