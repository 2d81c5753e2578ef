package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.Access;
import io.tailrace.desktop.shell.GatewayAddresses;
import io.tailrace.desktop.theme.Theme;
import io.tailrace.model.ChannelPattern;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What was asked for on the command line.
 *
 * @param gateway the gateway's address; null for the one that was used last
 * @param session the session's id
 * @param tokenFile the file with the token; null for what the environment or the console's own
 *     memory give
 * @param certificates the file with the certificates to believe; null for the Java runtime's
 * @param channels what to receive, always with the session's own channel
 * @param channelsGiven whether somebody asked for these channels
 * @param theme null for the one that was used last
 * @param incident a saved incident to show in place of a gateway
 * @param screenshot the picture to draw instead of opening a window
 */
record Options(
        @Nullable URI gateway,
        String session,
        @Nullable Path tokenFile,
        @Nullable Path certificates,
        List<ChannelPattern> channels,
        boolean channelsGiven,
        Theme.@Nullable Choice theme,
        @Nullable Path incident,
        @Nullable Screenshot screenshot) {

    /**
     * Something to draw.
     *
     * @param file where the PNG goes
     * @param width in pixels
     * @param height in pixels
     * @param after how long to look at the gateway first
     */
    record Screenshot(Path file, int width, int height, Duration after) {}

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static Options parse(List<String> args) {
        Given given = new Given();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException(text("console.option.unknown", arg));
            }
            given.take(arg.substring(0, equals), arg.substring(equals + 1));
        }
        return given.options();
    }

    /**
     * What to receive of a gateway: what was asked for on the command line, else what was received
     * of it the last time.
     */
    List<ChannelPattern> channelsOr(List<String> remembered) {
        try {
            return channelsGiven || remembered.isEmpty() ? channels : patterns(remembered, session);
        } catch (IllegalArgumentException e) {
            return channels; // a file that somebody has written by hand
        }
    }

    private static List<ChannelPattern> patterns(List<String> names, String session) {
        return Stream.concat(names.stream(), Stream.of("session:" + session))
                .map(ChannelPattern::parse)
                .toList();
    }

    /** The options as they are read, one after the other. */
    private static final class Given {

        private @Nullable URI gateway;
        private String session = randomSession();
        private @Nullable Path tokenFile;
        private @Nullable Path certificates;
        private @Nullable String channels;
        private @Nullable Path incident;
        private Theme.@Nullable Choice theme;
        private @Nullable Path file;
        private int width = 1600;
        private int height = 1000;
        private Duration after = Duration.ofSeconds(5);

        void take(String name, String value) {
            switch (name) {
                case "--gateway" -> gateway = GatewayAddresses.parse(value);
                case "--session" -> session = session(value);
                case "--token-file" -> tokenFile = Path.of(value);
                case "--token" -> throw new IllegalArgumentException(text("console.option.token"));
                case "--ca" -> {
                    certificates = Path.of(value);
                    Access _ = Access.open().withCertificates(certificates); // or say what is wrong
                }
                case "--channels" -> channels = value;
                case "--theme" -> theme = theme(value);
                case "--open" -> incident = Path.of(value);
                case "--screenshot" -> file = Path.of(value);
                case "--size" -> size(value);
                case "--after" -> after = Duration.ofSeconds(number(name, value, 0, 3600));
                default -> throw new IllegalArgumentException(text("console.option.unknown", name));
            }
        }

        Options options() {
            String wanted = channels == null ? "*" : channels;
            return new Options(
                    gateway,
                    session,
                    tokenFile,
                    certificates,
                    patterns(List.of(wanted.split(",", -1)), session),
                    channels != null,
                    theme,
                    incident,
                    file == null ? null : new Screenshot(file, width, height, after));
        }

        private void size(String value) {
            String[] parts = value.split("x", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException(text("console.option.size", value));
            }
            width = number("--size", parts[0], 320, 8192);
            height = number("--size", parts[1], 240, 8192);
        }

        private static int number(String name, String value, int least, int most) {
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException(
                    text(
                            "console.option.number",
                            name,
                            String.valueOf(least),
                            String.valueOf(most),
                            value));
        }

        private static String session(String value) {
            if (value.isEmpty()
                    || value.length() > 64
                    || !value.chars().allMatch(c -> c < 128 && Character.isLetterOrDigit(c))) {
                throw new IllegalArgumentException(text("console.option.session", value));
            }
            return value;
        }

        private static Theme.Choice theme(String value) {
            try {
                return Theme.Choice.valueOf(value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(text("console.option.theme", value), e);
            }
        }

        private static String randomSession() {
            RandomGenerator random = RandomGenerator.of("SecureRandom");
            return "c" + Long.toString(random.nextLong() >>> 1, 36);
        }
    }
}
