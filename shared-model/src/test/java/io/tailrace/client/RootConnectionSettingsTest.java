package io.tailrace.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.model.ChannelPattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;

class RootConnectionSettingsTest {

    private static final List<ChannelPattern> ALL = List.of(ChannelPattern.parse("*"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://host",
                "127.0.0.1:8787",
                "http:///x",
                "/x",
                "http://h/?q=1",
                "http://h/#f",
                "http://u:p@h/",
                "mailto:a@b"
            })
    void refusesWhatIsNoAddress(String text) {
        URI uri = URI.create(text.startsWith("127") ? "http-" + text.replace(':', '/') : text);
        assertThatThrownBy(() -> RootConnectionSettings.of(uri, "s", ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a gateway's address");
    }

    @Test
    void refusesBadSessionsChannelsAndTails() {
        URI uri = URI.create("http://127.0.0.1:8787");
        assertThatThrownBy(() -> RootConnectionSettings.of(uri, "a b", ALL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RootConnectionSettings.of(uri, "s", List.of()))
                .hasMessage("Name at least one channel to receive.");
        assertThatThrownBy(() -> RootConnectionSettings.of(uri, "s", ALL).withTail(-1))
                .hasMessage("The tail is a number of entries, 0 to 100000.");
    }

    @Test
    void keepsThePathOfTheAddressAndEncodesItsParts() {
        URI uri = URI.create("https://example.org/tailrace/");
        var settings =
                RootConnectionSettings.of(
                        uri, "a-B.1_", List.of(ChannelPattern.parse("logs:a+b:*"), ALL.getFirst()));
        assertThat(
                        FeedRequest.stream(
                                        new FeedRequest.Begin(
                                                settings,
                                                settings.channels(),
                                                null,
                                                List.of(),
                                                false))
                                .uri()
                                .toString())
                .isEqualTo(
                        "https://example.org/tailrace/api/sse/session/a-B.1_"
                                + "?channels=logs%3Aa%2Bb%3A*,*");
    }
}
