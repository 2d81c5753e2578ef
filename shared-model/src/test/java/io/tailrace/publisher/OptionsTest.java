package io.tailrace.publisher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

class OptionsTest {

    private static Options options(
            Map<String, String> properties, Map<String, String> environment) {
        return new Options(_ -> null, properties::get, environment);
    }

    @Test
    void everythingCanBeSaidByTheEnvironment() {
        PublisherSettings settings =
                options(
                                Map.of(),
                                Map.ofEntries(
                                        Map.entry("TAILRACE_URL", "http://gateway:8787"),
                                        Map.entry("TAILRACE_TOKEN", "secret"),
                                        Map.entry("TAILRACE_PUBLISHER_ID", "p1"),
                                        Map.entry("TAILRACE_SPILL_FOLDER", "/var/spool/x"),
                                        Map.entry("TAILRACE_SPILL_BYTES", "5000000000"),
                                        Map.entry("TAILRACE_MEMORY_BYTES", "1000000"),
                                        Map.entry("TAILRACE_WHEN_FULL", "250ms"),
                                        Map.entry("TAILRACE_BATCH_EVENTS", "10"),
                                        Map.entry("TAILRACE_BATCH_BYTES", "2000"),
                                        Map.entry("TAILRACE_LINGER", "5"),
                                        Map.entry("TAILRACE_REQUEST_TIMEOUT", "3s"),
                                        Map.entry("TAILRACE_CLOSE_TIMEOUT", "1 m")))
                        .settings();
        assertThat(settings.gateway()).hasToString("http://gateway:8787");
        assertThat(settings.access().token().current()).contains("secret");
        assertThat(settings.publisherId()).isEqualTo("p1");
        assertThat(settings.spill()).isEqualTo(new Spill(Path.of("/var/spool/x"), 5_000_000_000L));
        assertThat(settings.memoryBytes()).isEqualTo(1_000_000);
        assertThat(settings.whenFull()).isEqualTo(new WhenFull.Block(Duration.ofMillis(250)));
        assertThat(settings.batchEvents()).isEqualTo(10);
        assertThat(settings.batchBytes()).isEqualTo(2_000);
        assertThat(settings.linger()).isEqualTo(Duration.ofMillis(5));
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.closeTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aLoggersConfigurationGoesBeforePropertiesAndThoseBeforeTheEnvironment() {
        var options =
                new Options(
                        option -> option == Option.TASK ? "configured" : null,
                        Map.of("tailrace.task", "property", "tailrace.run", "property")::get,
                        Map.of("TAILRACE_TASK", "e", "TAILRACE_RUN", "e", "TAILRACE_URL", " "));
        assertThat(options.text(Option.TASK)).contains("configured");
        assertThat(options.text(Option.RUN)).contains("property");
        assertThat(options.text(Option.URL)).isEmpty();
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> options(Map.of(), Map.of()).settings())
                .hasMessageContaining("TAILRACE_URL");
        var url = Map.of("TAILRACE_URL", "http://g:1");
        assertThatThrownBy(() -> options(Map.of("tailrace.linger", "soon"), url).settings())
                .hasMessageContaining(
                        "'soon' is no time for linger (tailrace.linger, TAILRACE_LINGER)");
        assertThatThrownBy(() -> options(Map.of("tailrace.memoryBytes", "-1"), url).settings())
                .hasMessageContaining("'-1' is no number for memoryBytes");
        assertThatThrownBy(() -> options(Map.of("tailrace.whenFull", "maybe"), url).settings())
                .hasMessageContaining("'maybe' is no time");
        assertThat(options(Map.of("tailrace.whenFull", "drop"), url).settings().whenFull())
                .isInstanceOf(WhenFull.DropAndReport.class);
    }
}
