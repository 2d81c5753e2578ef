package io.tailrace.server.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.ServerAddress;

import io.tailrace.server.settings.MongoSourceSettings;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;

import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is said of a database, and never of the password. */
class MongoAddressTest {

    @TempDir Path directory;

    private MongoSourceSettings settings(String uri) throws IOException {
        Path config = directory.resolve("gateway.conf");
        Files.writeString(
                config,
                "sources { app { type = mongodb, database = shop, uri = \"" + uri + "\" } }");
        Settings settings = Settings.load(new String[] {"--config=" + config}, Map.of());
        return (MongoSourceSettings) settings.sources().getFirst();
    }

    private String failure(MongoException e) throws IOException {
        var address = new MongoAddress(settings("mongodb://u:secret@db1:27017/"));
        return String.valueOf(address.failure(e).getMessage());
    }

    private static MongoCommandException refused(int code, String message) {
        BsonDocument reply =
                new BsonDocument("ok", new BsonInt32(0))
                        .append("code", new BsonInt32(code))
                        .append("errmsg", new BsonString(message));
        return new MongoCommandException(reply, new ServerAddress("db1"));
    }

    @Test
    void settingsNeverShowTheUserOrThePassword() throws Exception {
        assertThat(settings("mongodb://u:secret@db1:27017/").toString())
                .contains("mongodb://…")
                .doesNotContain("secret");
        assertThatThrownBy(() -> settings("postgres://u:secret@db1/"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("sources.app.uri")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mongodb://u:sec/ret@db1:27017/",
                "mongodb://u:secret@db1:secret/",
                "mongodb://u:se@cret:x@db1/?replicaSet="
            })
    void aConnectionStringThatCannotBeUsedIsNotShown(String uri) throws Exception {
        var settings = settings(uri);
        assertThatThrownBy(() -> new MongoAddress(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("'sources.app.uri' cannot be used")
                .hasNoCause()
                .message()
                .doesNotContain("ret");
    }

    @Test
    void saysWhatToDo() throws Exception {
        var user = MongoCredential.createCredential("u", "admin", "secret".toCharArray());
        assertThat(failure(new MongoSecurityException(user, "no")))
                .contains("does not accept the user or the password")
                .doesNotContain("secret");
        assertThat(failure(refused(13, "not authorized on shop"))).contains("the role read");
        assertThat(failure(refused(40_573, "only supported on replica sets")))
                .contains("mode = poll");
        assertThat(failure(refused(2, "bad value of mongodb://u:secret@db1/")))
                .contains("error 2, bad value")
                .doesNotContain("secret");
        assertThat(
                        failure(
                                new MongoTimeoutException(
                                        "Timed out after 10 ms. Client view of cluster state is"
                                            + " {servers=[{address=db1:27017,"
                                            + " exception={com.mongodb.MongoSocketOpenException:"
                                            + " Exception opening socket}, caused by"
                                            + " {java.net.ConnectException: Connection"
                                            + " refused}}]")))
                .isEqualTo("No server of database 'shop' answers: Connection refused.");
    }
}
