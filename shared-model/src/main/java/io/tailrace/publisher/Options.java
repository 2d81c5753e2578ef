package io.tailrace.publisher;

import io.tailrace.client.Access;
import io.tailrace.client.TokenSource;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a logger's configuration, system properties and the environment say, in this order.
 *
 * @param configured by an option, or null
 * @param properties by the name of a system property, or null
 * @param environment variables
 */
record Options(
        Function<Option, @Nullable String> configured,
        Function<String, @Nullable String> properties,
        Map<String, String> environment) {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|)");

    /** What this process was started with. */
    static Options ofProcess() {
        return ofProcess(_ -> null);
    }

    /** The same, behind a configuration. */
    static Options ofProcess(Function<Option, @Nullable String> configured) {
        return new Options(configured, System::getProperty, System.getenv());
    }

    Optional<String> text(Option option) {
        String own = configured.apply(option);
        String text = own == null ? properties.apply(option.property()) : own;
        String found = text == null ? environment.get(option.variable()) : text;
        return Optional.ofNullable(found).map(String::strip).filter(t -> !t.isEmpty());
    }

    /**
     * The settings for the gateway that is named.
     *
     * @throws IllegalArgumentException with a sentence when none is, or something is wrong
     */
    PublisherSettings settings() {
        String url =
                text(Option.URL)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "Nobody says where the gateway is: set url, the system property %s or the variable %s."
                                                .formatted(
                                                        Option.URL.property(),
                                                        Option.URL.variable())));
        return settings(URI.create(url));
    }

    /**
     * The settings for that gateway.
     *
     * @throws IllegalArgumentException with a sentence that names what is wrong
     */
    PublisherSettings settings(URI gateway) {
        return apply(PublisherSettings.of(gateway));
    }

    /** Those settings, where nothing else is said. */
    PublisherSettings apply(PublisherSettings usual) {
        PublisherSettingsBuilder change = usual.change().access(access());
        text(Option.PUBLISHER_ID).ifPresent(change::publisherId);
        text(Option.SPILL_FOLDER)
                .ifPresent(folder ->
                        change.spill(
                                Path.of(folder), number(Option.SPILL_BYTES, Spill.USUAL_BYTES)));
        return change.batches(
                        atMost(number(Option.BATCH_EVENTS, usual.batchEvents())),
                        atMost(number(Option.BATCH_BYTES, usual.batchBytes())),
                        time(Option.LINGER, usual.linger()))
                .memory(number(Option.MEMORY_BYTES, usual.memoryBytes()), whenFull(usual))
                .timeouts(
                        time(Option.REQUEST_TIMEOUT, usual.requestTimeout()),
                        time(Option.CLOSE_TIMEOUT, usual.closeTimeout()))
                .build();
    }

    private WhenFull whenFull(PublisherSettings usual) {
        if (text(Option.WHEN_FULL).filter("drop"::equalsIgnoreCase).isPresent()) {
            return new WhenFull.DropAndReport();
        }
        return text(Option.WHEN_FULL).isEmpty()
                ? usual.whenFull()
                : new WhenFull.Block(time(Option.WHEN_FULL, Duration.ZERO));
    }

    private Access access() {
        Access named =
                text(Option.TOKEN_FILE)
                        .map(file -> Access.open().withToken(TokenSource.file(Path.of(file))))
                        .orElseGet(() -> Access.from(environment));
        return text(Option.CERTIFICATES)
                .map(pem -> named.withCertificates(Path.of(pem)))
                .orElse(named);
    }

    private long number(Option option, long usual) {
        String text = text(option).orElse(Long.toString(usual));
        if (!text.matches("\\d{1,15}")) {
            throw new IllegalArgumentException(
                    "'%s' is no number for %s: use digits only, such as 67108864."
                            .formatted(text, named(option)));
        }
        return Long.parseLong(text);
    }

    private static int atMost(long number) {
        return (int) Math.min(number, Integer.MAX_VALUE);
    }

    private Duration time(Option option, Duration usual) {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return usual;
        }
        Matcher time = TIME.matcher(text.get());
        if (!time.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no time for %s: write it as 500ms or 10s."
                            .formatted(text.get(), named(option)));
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofMillis(number);
        };
    }

    private static String named(Option option) {
        return "%s (%s, %s)".formatted(option.word(), option.property(), option.variable());
    }
}
