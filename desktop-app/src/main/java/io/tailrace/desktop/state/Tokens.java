package io.tailrace.desktop.state;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Where tokens are kept between starts, one for each gateway. Thread-safe; calls may block. */
public interface Tokens {

    /** The token for a gateway, when one is kept. What cannot be read holds none. */
    Optional<String> find(URI gateway);

    /**
     * Keeps a token in place of the former one.
     *
     * @throws IOException when it cannot be kept; the former one is unharmed
     */
    void keep(URI gateway, String token) throws IOException;

    /** Where that is, a sentence for people. */
    String place();

    /** The system's keyring where there is one, otherwise a file that only its owner can read. */
    static Tokens ofUser() {
        TokenStore file = TokenStore.ofUser();
        return Keyring.find(System.getenv())
                .<Tokens>map(keyring -> new KeyringTokens(keyring, file))
                .orElse(file);
    }

    /** The same for a given environment and file; for tests. */
    static Tokens of(Map<String, String> environment, TokenStore file) {
        return Keyring.find(environment)
                .<Tokens>map(keyring -> new KeyringTokens(keyring, file))
                .orElse(file);
    }
}
