package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.state.TokenStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class CredentialsTest {

    private static final URI FIRST = URI.create("http://127.0.0.1:8787");
    private static final URI OTHER = URI.create("https://tail.example");
    private static final Map<String, String> ENVIRONMENT = Map.of("TAILRACE_TOKEN", "given");

    @TempDir private Path folder;

    @Test
    void theTokenOfTheStartIsForTheGatewayOfTheStartOnly() {
        Credentials credentials = credentials();
        assertThat(token(credentials, FIRST)).hasValue("given");
        assertThat(token(credentials, OTHER)).isEmpty();
    }

    @Test
    void aTypedTokenComesFirstAndIsKeptForTheNextStart() throws IOException {
        Credentials credentials = credentials();
        credentials.typed(FIRST, "typed");
        credentials.typed(OTHER, "other");
        assertThat(token(credentials, FIRST)).hasValue("typed");
        Credentials later = credentials();
        assertThat(token(later, FIRST)).hasValue("given"); // named anew, so it counts
        assertThat(token(later, OTHER)).hasValue("other");
        Credentials plain = new Credentials(Options.parse(List.of()), Map.of(), FIRST, store());
        assertThat(token(plain, FIRST)).hasValue("typed");
    }

    @Test
    void theFileOfTheCommandLineComesBeforeTheEnvironment() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-file");
        Options options = Options.parse(List.of("--token-file=" + file));
        Credentials credentials = new Credentials(options, ENVIRONMENT, FIRST, store());
        assertThat(token(credentials, FIRST)).hasValue("from-file");
        Files.writeString(file, "renewed");
        assertThat(token(credentials, FIRST)).hasValue("renewed");
    }

    private Credentials credentials() {
        return new Credentials(Options.parse(List.of()), ENVIRONMENT, FIRST, store());
    }

    private TokenStore store() {
        return new TokenStore(folder.resolve("tokens.json"));
    }

    private static Optional<String> token(Credentials credentials, URI gateway) {
        return credentials.of(gateway).token().current();
    }
}
