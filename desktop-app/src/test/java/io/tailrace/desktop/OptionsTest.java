package io.tailrace.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tailrace.desktop.theme.Theme;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class OptionsTest {

    @Test
    void withoutOptionsEverythingIsReceivedAndTheSessionsOwnChannel() {
        Options options = Options.parse(List.of());
        assertThat(options.gateway()).isNull();
        assertThat(options.theme()).isNull();
        assertThat(options.screenshot()).isNull();
        assertThat(options.session()).matches("[a-z0-9]{5,20}");
        assertThat(options.channels().stream().map(Object::toString))
                .containsExactly("*", "session:" + options.session());
    }

    @Test
    void everyStartIsAnotherSession() {
        assertThat(Options.parse(List.of()).session())
                .isNotEqualTo(Options.parse(List.of()).session());
    }

    @Test
    void readsEveryOption() {
        Options options =
                Options.parse(
                        List.of(
                                "--gateway=localhost:9000",
                                "--session=abc",
                                "--token-file=token",
                                "--channels=logs:acme:*,runs:*",
                                "--theme=dark",
                                "--screenshot=a.png",
                                "--size=1000x700",
                                "--after=7"));
        assertThat(options.gateway()).hasToString("http://localhost:9000");
        assertThat(options.channels().stream().map(Object::toString))
                .containsExactly("logs:acme:*", "runs:*", "session:abc");
        assertThat(options.tokenFile()).isEqualTo(Path.of("token"));
        assertThat(options.theme()).isEqualTo(Theme.Choice.DARK);
        assertThat(options.screenshot())
                .isEqualTo(
                        new Options.Screenshot(Path.of("a.png"), 1000, 700, Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway",
                "--gateway",
                "--unknown=1",
                "--token=secret",
                "--ca=no-such-file.pem",
                "--gateway=ftp://x",
                "--gateway=foo",
                "--session=",
                "--session=a:b",
                "--session=../../etc",
                "--channels=",
                "--channels=logs:a b",
                "--channels=nonsense",
                "--theme=blue",
                "--size=10",
                "--size=1x1",
                "--size=99999x99999",
                "--after=-1",
                "--after=soon"
            })
    void aWrongOptionIsOneSentence(String option) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(List.of(option)))
                .satisfies(e -> assertThat(e.getMessage()).endsWith(".").doesNotContain("\n"));
    }
}
