package io.tailrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPrivateKey;

class PemTest {

    // Made for this test with: openssl ecparam -name prime256v1 -genkey -noout
    private static final String SEC1 =
            """
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIGPWwhieaJv3A3+V2sxtWkkLuMc8TpeY9MkJplsLiGvRoAoGCCqGSM49
            AwEHoUQDQgAE/VJnk0sHuKMptlkFUdSVIZD24U9dC7ofRf37sI5Qs/+DoHvrwA79
            YDN6pw0iYTJsm2oMqhzLmw0a5i8j0M1VXw==
            -----END EC PRIVATE KEY-----
            """;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void readsTheOlderFormOfKeysOnACurve() throws GeneralSecurityException {
        ECPrivateKey key = (ECPrivateKey) Pem.privateKey(bytes(SEC1), "EC");

        assertThat(key.getParams().getOrder().bitLength()).isEqualTo(256);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN EC PRIVATE KEY-----\n!!!!\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIH/AAAA\n-----END EC PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----"
            })
    void saysThatADamagedKeyIsOne(String pem) {
        assertThatThrownBy(() -> Pem.privateKey(bytes(pem), "EC"))
                .isInstanceOf(GeneralSecurityException.class);
    }
}
