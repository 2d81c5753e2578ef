package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class AccessTest {

    @TempDir private Path folder;

    @Test
    void readsATokensFileEachTime() throws IOException {
        Path file = folder.resolve("token");
        TokenSource token = TokenSource.file(file);
        Files.writeString(file, "  first \n# a comment\n");
        assertThat(token.current()).hasValue("first");
        Files.writeString(file, "second");
        assertThat(token.current()).hasValue("second");
    }

    @Test
    void saysWhatIsWrongWithATokensFile() throws IOException {
        Path file = folder.resolve("token");
        assertThatThrownBy(() -> TokenSource.file(file).current())
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessage(
                        "The token's file %s does not exist. Write the token into it, on one line."
                                .formatted(file));
        Files.writeString(file, "\nsecret");
        assertThatThrownBy(() -> TokenSource.file(file).current())
                .hasMessageContaining("is empty")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> TokenSource.file(folder).current())
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void theEnvironmentsFileComesBeforeItsToken() throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "from-file");
        Map<String, String> both =
                Map.of("TAILRACE_TOKEN", "plain", "TAILRACE_TOKEN_FILE", file.toString());
        assertThat(TokenSource.from(both).current()).hasValue("from-file");
        assertThat(TokenSource.from(Map.of("TAILRACE_TOKEN", " plain ")).current())
                .hasValue("plain");
        assertThat(TokenSource.from(Map.of("TAILRACE_TOKEN", " ")).current()).isEmpty();
        assertThat(TokenSource.from(Map.of()).current()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1, false",
        "http://localhost, false",
        "http://[::1]:8787, false",
        "https://example.org, false",
        "http://example.org, true",
        "HTTP://10.0.0.1, true",
        "http://127.0.0.1.example.org, true"
    })
    void warnsOfAnOpenRoadOnly(URI gateway, boolean warned) {
        Access access = Access.open().withToken(TokenSource.of("secret"));
        assertThat(access.warning(gateway).isPresent()).isEqualTo(warned);
        assertThat(access.warning(gateway).orElse("")).doesNotContain("secret");
        assertThat(Access.open().warning(gateway)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1/a, http://h:1/b, true",
        "http://h/a, http://h:80/b, true",
        "http://h:8787/a, https://h/b, true",
        "https://h/a, https://h:443/b, true",
        "http://h:1/a, http://h:2/b, false",
        "https://h/a, http://h/b, false",
        "http://127.0.0.1:1/a, http://localhost:1/b, false"
    })
    void aTokenIsForOneOrigin(URI from, URI to, boolean trusted) {
        assertThat(GatewayAddress.trusted(from, to)).isEqualTo(trusted);
    }

    @Test
    void saysWhatIsWrongWithCertificates() throws IOException {
        Path file = folder.resolve("ca.pem");
        Access open = Access.open();
        assertThatThrownBy(() -> open.withCertificates(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be read");
        Files.writeString(file, "");
        assertThatThrownBy(() -> open.withCertificates(file))
                .hasMessageContaining("holds no certificates");
        Files.writeString(file, "-----BEGIN CERTIFICATE-----\nnonsense\n");
        assertThatThrownBy(() -> open.withCertificates(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds no certificates");
    }
}
