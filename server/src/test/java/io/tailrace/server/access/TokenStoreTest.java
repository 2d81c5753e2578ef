package io.tailrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

class TokenStoreTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final List<Grant> GRANTS = List.of(Grant.parse("publish:logs:acme:*"));

    @TempDir private Path directory;
    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("access/tokens.json");
    }

    private TokenStore store() {
        return new TokenStore(file, () -> NOW);
    }

    @Test
    void keepsNothingThatWouldMakeATokenAgain() throws IOException {
        ApiToken.Issued issued = store().create("ci", GRANTS, NOW.plusSeconds(60));
        String kept = Files.readString(file);
        String secret = issued.text().substring(issued.text().lastIndexOf('_', 20) + 1);

        assertThat(issued.text()).matches("trc_[0-9a-f]{12}_[A-Za-z0-9_-]{43}");
        assertThat(kept).contains(issued.token().id(), "\"ci\"").doesNotContain(secret);
        assertThat(issued.toString()).doesNotContain(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory.resolve("access"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("tokens.json", ".tokens.json.lock");
        }
    }

    @Test
    void findsATokenAgainAfterARestartUntilItIsRevoked() {
        ApiToken.Issued issued = store().create("ci", GRANTS, null);
        TokenStore reopened = store();

        assertThat(reopened.find(issued.token().id())).contains(issued.token());
        assertThat(reopened.revoke(issued.token().id())).isTrue();
        assertThat(reopened.revoke(issued.token().id())).isFalse();
        assertThat(store().list()).isEmpty();
        assertThat(store().used()).isTrue();
    }

    @Test
    void onlyItsOwnSecretFits() {
        ApiToken.Issued one = store().create("a", GRANTS, null);
        ApiToken.Issued two = store().create("b", GRANTS, null);
        String secret = ApiToken.Presented.of(one.text()).orElseThrow().secret();

        assertThat(one.token().matches(secret)).isTrue();
        assertThat(two.token().matches(secret)).isFalse();
        assertThat(one.token().matches(one.token().hash())).isFalse();
        assertThat(one.token().matches("")).isFalse();
    }

    @Test
    void whatIsMadeAtTheSameTimeByManyIsAllThere() throws Exception {
        List<Future<ApiToken.Issued>> made = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                TokenStore each = store(); // as if each were a process of its own
                String name = "n" + i;
                made.add(threads.submit(() -> each.create(name, GRANTS, null)));
            }
        }
        TokenStore all = store();

        for (Future<ApiToken.Issued> each : made) {
            assertThat(all.find(each.get().token().id())).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "*", "a:b", "anybody", "a\nb", "é", "-x"})
    void refusesNamesThatMislead(String name) {
        assertThatThrownBy(() -> store().create(name, GRANTS, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name");
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{\"tokens\":3}", "{\"tokens\":[{\"id\":1}]}"})
    void aDamagedFileIsSaidAndNeverOverwritten(String content) throws IOException {
        Files.createDirectories(directory.resolve("access"));
        Files.writeString(file, content);

        assertThatThrownBy(this::store)
                .isInstanceOf(AccessException.class)
                .hasMessageContaining("cannot be understood");
        assertThat(file).hasContent(content);
    }

    @Test
    void aFileThatVanishesLeavesNobodyInside() throws IOException {
        TokenStore store = store();
        store.create("ci", GRANTS, null);
        Files.delete(file);
        store.reload();

        assertThat(store.list()).isEmpty();
        assertThat(store.used()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trc_",
                "trc_0123456789ab_",
                "trc_0123456789AB_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "TRC_0123456789ab_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "trc_0123456789ab_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
                "trc_../../etc/pa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void whatIsNoTokenIsNotLookedUp(String text) {
        assertThat(ApiToken.Presented.of(text)).isEmpty();
    }
}
