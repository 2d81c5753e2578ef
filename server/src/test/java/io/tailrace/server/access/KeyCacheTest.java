package io.tailrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

class KeyCacheTest {

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private int fetches;
    private boolean down;
    private JWKSet served = new JWKSet();
    private final KeyCache cache = new KeyCache(this::fetch, () -> now);

    private JWKSet fetch() throws IOException {
        fetches++;
        if (down) {
            throw new IOException("connection refused");
        }
        return served;
    }

    @BeforeEach
    void serve() throws JOSEException {
        served = new JWKSet(key("k1"));
    }

    private static ECKey key(String id) throws JOSEException {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate().toPublicJWK();
    }

    private boolean knows(String id) throws KeySourceException {
        var selector = new JWKSelector(new JWKMatcher.Builder().keyID(id).build());
        return !cache.get(selector, null).isEmpty();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void asksOnceForManyTokens() throws KeySourceException {
        for (int i = 0; i < 100; i++) {
            assertThat(knows("k1")).isTrue();
        }
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void followsRotationButMadeUpNamesCannotFloodTheIssuer() throws Exception {
        assertThat(knows("k1")).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(knows("made-up-" + i)).isFalse();
        }
        assertThat(fetches).isEqualTo(1);

        pass(KeyCache.PAUSE);
        served = new JWKSet(key("k2"));
        assertThat(knows("k2")).isTrue();
        assertThat(knows("k1")).isFalse();
        assertThat(fetches).isEqualTo(2);
    }

    @Test
    void aWithdrawnKeyIsForgottenAfterFiveMinutes() throws Exception {
        assertThat(knows("k1")).isTrue();
        served = new JWKSet(key("k2"));
        pass(KeyCache.FRESH);

        assertThat(knows("k1")).isFalse();
    }

    @Test
    void livesThroughAnOutageOfTheIssuerForAnHour() throws Exception {
        assertThat(knows("k1")).isTrue();
        down = true;
        pass(KeyCache.USABLE.minusSeconds(1));
        assertThat(knows("k1")).isTrue();
        pass(Duration.ofSeconds(1));

        assertThatThrownBy(() -> knows("k1"))
                .isInstanceOf(KeySourceException.class)
                .hasMessageContaining("connection refused");

        down = false;
        pass(KeyCache.PAUSE);
        assertThat(knows("k1")).isTrue();
    }

    @Test
    void doesNotHammerAnIssuerThatIsDown() {
        down = true;
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> knows("k1")).isInstanceOf(KeySourceException.class);
        }
        assertThat(fetches).isEqualTo(1);
    }

    @Test
    void aChangedFileIsReadAtOnce() throws Exception {
        assertThat(knows("k1")).isTrue();
        served = new JWKSet(key("k2"));
        cache.forget();

        assertThat(knows("k1")).isFalse();
        assertThat(knows("k2")).isTrue();
    }
}
