package io.tailrace.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayAddressesTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    http://127.0.0.1:8787,      http://127.0.0.1:8787
                    ' http://127.0.0.1:8787/ ', http://127.0.0.1:8787
                    https://tail.example/live/, https://tail.example/live
                    localhost:9000,             http://localhost:9000
                    tail.example,               http://tail.example
                    http://[::1]:8787,          http://[::1]:8787
                    """)
    void readsAddressesAsPeopleTypeThem(String typed, String meant) {
        assertThat(GatewayAddresses.parse(typed)).hasToString(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ftp://host",
                "http://",
                "http://a b",
                "http://host?x=1",
                "http://host#x",
                "http://me:secret@host",
                "file:///etc/passwd",
                "foo",
                "true"
            })
    void saysWhatAnAddressLooksLike(String typed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewayAddresses.parse(typed))
                .withMessageContaining("give one such as http://127.0.0.1:8787");
    }
}
