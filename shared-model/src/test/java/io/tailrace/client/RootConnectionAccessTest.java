package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.client.ConnectionState.Connected;
import io.tailrace.client.ConnectionState.Waiting;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Who it says it is, and what it does when it is not let in. */
@Timeout(180)
class RootConnectionAccessTest extends ConnectionTest {

    private static final String SECRET = "trt_Secret-123";

    private final AtomicInteger asked = new AtomicInteger();

    RootConnectionAccessTest() throws IOException {}

    @Test
    void sendsTheTokenOfNowWithEachConnection() {
        server.then(x -> x.stream().send(Frames.log("e1-1")));
        server.then(x -> x.stream().send(Frames.log("e1-2")).hang());
        connect(s -> s.withAccess(renewing()));
        pass(Duration.ofSeconds(1));
        seen.awaitEntries(2);
        assertThat(server.asked().stream().map(a -> a.headers().get("authorization")))
                .containsExactly("Bearer " + SECRET + 1, "Bearer " + SECRET + 2);
        assertThat(server.asked()).noneMatch(a -> a.target().contains(SECRET));
    }

    @ParameterizedTest
    @ValueSource(strings = {"401 Unauthorized", "403 Forbidden"})
    void whoIsNotLetInSaysWhyAndTriesAgainSlowly(String status) {
        for (int i = 0; i < 6; i++) {
            server.then(x ->
                    x.head(status, "Content-Type: application/problem+json")
                            .send("{\"detail\":\"The token has expired.\"}"));
        }
        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        connect(s -> s.withAccess(renewing()));
        Waiting waiting = seen.await(Waiting.class, 1);
        assertThat(waiting.reason()).isEqualTo("The token has expired.");
        for (int seconds : new int[] {30, 60, 120, 240, 300, 300}) {
            pass(Duration.ofSeconds(seconds));
        }
        seen.awaitEntries(1);
        seen.await(Connected.class, 1);
        assertThat(server.asked()).hasSize(7);
    }

    @Test
    void aSessionThatEndsIsBegunAgainWithARenewedToken() {
        server.then(x ->
                x.stream()
                        .send(Frames.log("e1-1"), Frames.sessionEnd("expired", "Sign in again.")));
        server.then(x -> x.stream().send(Frames.log("e1-2")).hang());
        connect(s -> s.withAccess(renewing()));
        assertThat(seen.await(Waiting.class, 1).reason()).isEqualTo("Sign in again.");
        pass(Duration.ofSeconds(1));
        seen.awaitEntries(2);
        assertThat(server.asked().get(1).headers())
                .containsEntry("authorization", "Bearer " + SECRET + 2);
    }

    @Test
    void aSessionThatEndsAgainAndAgainIsNotHammered() {
        for (int i = 0; i < 10; i++) {
            server.then(x -> x.stream().send(Frames.init(0), Frames.sessionEnd("revoked", null)));
        }
        connect(s -> s.withAccess(renewing()));
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300}) {
            pass(Duration.ofSeconds(seconds));
        }
        assertThat(seen.states(Waiting.class).getLast().reason())
                .isEqualTo("The token was revoked.");
    }

    @Test
    void aTokenThatCannotBeHadIsSaidAndNothingIsSent() {
        TokenSource broken =
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new TokenUnavailableException("The token's file is empty.");
                    }
                    return Optional.of(SECRET);
                };
        server.then(x -> x.stream().send(Frames.log("e1-1")).hang());
        connect(s -> s.withAccess(Access.open().withToken(broken)));
        assertThat(seen.await(Waiting.class, 1).reason()).isEqualTo("The token's file is empty.");
        assertThat(server.asked()).isEmpty();
        pass(Duration.ofSeconds(30));
        seen.awaitEntries(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nbreak", "ünïcode", "\u0000"})
    void aTokenThatIsNoneIsNotShown(String token) {
        connect(s -> s.withAccess(Access.open().withToken(TokenSource.of(token))));
        assertThat(seen.await(Waiting.class, 1).reason())
                .startsWith("The token has spaces or other characters")
                .doesNotContain(token);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void anotherServerOfThisMachineDoesNotGetTheToken() throws IOException {
        try (ScriptedServer other =
                new ScriptedServer(x -> x.stream().send(Frames.log("e1-9")).hang())) {
            server.then(x -> x.head("307 There", "Location: /same"));
            server.then(x -> x.head("307 There", "Location: " + other.uri() + "/there"));
            connect(s -> s.withAccess(renewing()));
            seen.awaitEntries(1);
            assertThat(server.asked()).allMatch(a -> a.headers().containsKey("authorization"));
            assertThat(other.asked()).noneMatch(a -> a.headers().containsKey("authorization"));
        }
    }

    @Test
    void warnsOnceOfATokenOnAnOpenRoad() {
        URI far = URI.create("http://no-such-host.invalid:8787");
        connect(s ->
                RootConnectionSettings.of(far, "s1", s.channels())
                        .withTiming(s.timing())
                        .withAccess(Access.open().withToken(TokenSource.of(SECRET))));
        pass(Duration.ofSeconds(1));
        seen.await(Waiting.class, 2);
        List<StreamItem.Warned> warned = seen.all(StreamItem.Warned.class);
        assertThat(warned).hasSize(1);
        assertThat(warned.getFirst().warning())
                .isEqualTo(
                        "The token travels to no-such-host.invalid:8787 unencrypted, for everybody"
                                + " on the way to read. Use an https:// address.");
    }

    @Test
    void noTextOfTheConnectionHoldsTheToken() {
        RootConnectionSettings settings =
                settings().withAccess(Access.open().withToken(TokenSource.of(SECRET)));
        server.then(x -> x.head("401 No"));
        connect(_ -> settings);
        seen.await(Waiting.class, 1);
        assertThat(settings + " " + settings.access() + " " + seen.all(StreamItem.class))
                .doesNotContain(SECRET);
    }

    private Access renewing() {
        return Access.open().withToken(() -> Optional.of(SECRET + asked.incrementAndGet()));
    }
}
