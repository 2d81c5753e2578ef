package io.tailrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.model.Channel;
import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.settings.AccessSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What a caller who is in notices of changes. */
class AccessTest {

    private static final Channel LOGS = new Channel("logs:acme:etl");

    private final FileWatch files = new FileWatch();
    private final AtomicInteger told = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private SessionOwners owners;
    private Access access;
    private AccessAdmin admin;

    @BeforeEach
    void open() {
        SessionBook.Notes none =
                new SessionBook.Notes() {
                    @Override
                    public Optional<byte[]> note(String name) {
                        return Optional.empty();
                    }

                    @Override
                    public void putNote(String name, byte[] value) {}
                };
        owners = new SessionBook(none, _ -> false, Duration.ofDays(7), () -> now);
        access =
                new Access(
                        new AccessSettings(null, null, null, null, false),
                        files,
                        owners,
                        told::incrementAndGet,
                        () -> now);
        admin = new AccessAdmin(access, () -> now);
    }

    @AfterEach
    void close() {
        access.close();
        files.close();
    }

    private Caller caller(String name, Duration life, String... grants) {
        var issued = access.tokens().create(name, Grant.parseAll(List.of(grants)), now.plus(life));
        access.changed("by a test");
        return access.caller(issued.text());
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Streams look at all channels again when his rights are not equal any more. */
    @Test
    void hisRightsAreEqualUntilSomethingChangesForHim() {
        Caller alice = caller("alice", Duration.ofDays(1), "subscribe:logs:acme:*");
        Object before = alice.rights();
        Caller bob = caller("bob", Duration.ofDays(1));
        long version = alice.version();
        admin.setGrants(Caller.ANYBODY, "bob", json("{\"grants\":[\"subscribe:logs:acme:*\"]}"));
        assertThat(alice.version()).isNotEqualTo(version);
        assertThat(alice.rights()).isEqualTo(before);
        assertThat(bob.may(Permission.SUBSCRIBE, LOGS)).isTrue();

        admin.setGrants(Caller.ANYBODY, "alice", json("{\"grants\":[\"subscribe:runs:acme:*\"]}"));
        assertThat(alice.rights()).isNotEqualTo(before);
        admin.removeGrants(Caller.ANYBODY, "alice");
        assertThat(alice.rights()).isEqualTo(before);
    }

    @Test
    void aGrantThatComesAndGoesActsAtOnceOnWhoIsIn() {
        Caller alice = caller("alice", Duration.ofDays(1));
        long before = alice.version();
        assertThat(alice.may(Permission.SUBSCRIBE, LOGS)).isFalse();

        admin.setGrants(Caller.ANYBODY, "alice", json("{\"grants\":[\"subscribe:logs:acme:*\"]}"));
        assertThat(alice.version()).isNotEqualTo(before);
        assertThat(alice.may(Permission.SUBSCRIBE, LOGS)).isTrue();
        assertThat(alice.may(Permission.PUBLISH, LOGS)).isFalse();

        int calls = told.get();
        admin.removeGrants(Caller.ANYBODY, "alice");
        assertThat(alice.may(Permission.SUBSCRIBE, LOGS)).isFalse();
        assertThat(told.get()).isEqualTo(calls + 1);
    }

    @Test
    void aRevokedTokenEndsItsCallerAndTakesAllItsGrants() {
        Caller alice = caller("alice", Duration.ofDays(1), "subscribe:logs:*", "admin");
        admin.setGrants(Caller.ANYBODY, "alice", json("{\"grants\":[\"subscribe:runs:*\"]}"));
        assertThat(alice.ended(now)).isEmpty();

        admin.revokeToken(Caller.ANYBODY, access.tokens().list().getFirst().id());

        assertThat(alice.ended(now)).hasValueSatisfying(w -> assertThat(w).contains("revoked"));
        assertThat(alice.may(Permission.SUBSCRIBE, LOGS)).isFalse();
        assertThat(alice.may(Permission.SUBSCRIBE, new Channel("runs:a:b"))).isFalse();
        assertThat(alice.admin()).isFalse();
    }

    @Test
    void anExpiredTokenEndsItsCallerAndLetsNobodyIn() {
        var issued = access.tokens().create("ci", List.of(), now.plusSeconds(60));
        Caller ci = access.caller(issued.text());
        assertThat(ci.expires()).contains(now.plusSeconds(60));

        now = now.plusSeconds(60);
        assertThat(ci.ended(now)).hasValueSatisfying(w -> assertThat(w).contains("expired at"));
        assertThatThrownBy(() -> access.caller(issued.text()))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("it has expired");
    }

    @Test
    void anIdWithAnothersSecretIsRefused() {
        String one = access.tokens().create("a", List.of(), null).text();
        String two = access.tokens().create("b", List.of(), null).text();

        assertThatThrownBy(() -> access.caller(one.substring(0, 17) + two.substring(17)))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("unknown or was revoked");
    }

    @Test
    void whoCameWhileItWasOpenMayDoNothingOnceItIsClosed() {
        Caller anybody = access.anybody();
        assertThat(anybody.may(Permission.PUBLISH, LOGS)).isTrue();

        assertThatThrownBy(() ->
                        admin.createToken(Caller.ANYBODY, json("{\"name\":\"x\",\"grants\":[]}")))
                .isInstanceOf(HttpProblem.class)
                .hasMessageContaining("needs the grant 'admin'");
        admin.createToken(Caller.ANYBODY, json("{\"name\":\"x\",\"grants\":[\"admin\"]}"));

        assertThat(anybody.may(Permission.PUBLISH, LOGS)).isFalse();
        assertThat(anybody.admin()).isFalse();
        assertThat(anybody.ended(now)).isPresent();
        access.tokens().list().forEach(token -> admin.revokeToken(Caller.ANYBODY, token.id()));
        assertThat(access.open()).isFalse();
    }

    @Test
    void aSessionsChannelIsReadByItsOwnerOnly() {
        Caller alice = caller("alice", Duration.ofDays(1), "subscribe:*");
        Caller bob = caller("bob", Duration.ofDays(1), "subscribe:*", "admin");
        Channel session = Channel.session("s1");
        assertThat(alice.may(Permission.SUBSCRIBE, session)).isFalse();

        assertThat(owners.claim("s1", alice.name())).isTrue();
        assertThat(owners.claim("s1", bob.name())).isFalse();
        assertThat(alice.may(Permission.SUBSCRIBE, session)).isTrue();
        assertThat(bob.may(Permission.SUBSCRIBE, session)).isFalse();
        assertThat(alice.may(Permission.PUBLISH, session)).isFalse();
    }

    @Test
    void namesTheGrantThatIsMissing() {
        Caller alice = caller("alice", Duration.ofDays(1));

        assertThatThrownBy(() -> alice.require(Permission.PUBLISH, LOGS))
                .isInstanceOfSatisfying(
                        HttpProblem.class, p -> assertThat(p.status()).isEqualTo(403))
                .hasMessage(
                        "'alice' needs the grant 'publish:logs:acme:etl': ask an admin of this"
                                + " gateway for it.");
        assertThatThrownBy(alice::requireAdmin).hasMessageContaining("grant 'admin'");
    }
}
