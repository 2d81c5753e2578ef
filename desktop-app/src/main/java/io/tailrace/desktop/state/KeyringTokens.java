package io.tailrace.desktop.state;

import static io.tailrace.desktop.text.Texts.text;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens in the system's keyring; those that it does not take go into the file, and that is said.
 * What was found is remembered, because each connection asks. Thread-safe.
 */
final class KeyringTokens implements Tokens {

    private final Keyring keyring;
    private final TokenStore file;
    private final Map<URI, Optional<String>> found = new ConcurrentHashMap<>();
    private volatile boolean silent; // the keyring did not answer: from then on the file counts

    KeyringTokens(Keyring keyring, TokenStore file) {
        this.keyring = keyring;
        this.file = file;
    }

    @Override
    public Optional<String> find(URI gateway) {
        return found.computeIfAbsent(gateway, this::ask);
    }

    private Optional<String> ask(URI gateway) {
        if (!silent) {
            try {
                Optional<String> token = keyring.find(gateway);
                if (token.isPresent()) {
                    return token;
                }
            } catch (IOException e) {
                silent = true; // locked or not there: place() says where tokens are now
            }
        }
        return file.find(gateway);
    }

    @Override
    public void keep(URI gateway, String token) throws IOException {
        found.put(gateway, Optional.of(token));
        if (!silent) {
            try {
                keyring.keep(gateway, token);
                return;
            } catch (IOException e) {
                silent = true;
            }
        }
        file.keep(gateway, token);
    }

    @Override
    public String place() {
        return silent ? file.place() : text("state.token.keyring");
    }
}
