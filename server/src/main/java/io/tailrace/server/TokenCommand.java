package io.tailrace.server;

import io.tailrace.server.access.AccessException;
import io.tailrace.server.access.ApiToken;
import io.tailrace.server.access.Grant;
import io.tailrace.server.access.TokenStore;
import io.tailrace.server.settings.Settings;
import io.tailrace.server.settings.SettingsException;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code token create|list|revoke}: API tokens from the command line. Works on the file beside a
 * running gateway, which notices, and without one.
 */
final class TokenCommand {

    private static final Pattern AGE = Pattern.compile("(\\d{1,5})([mhd])");
    private static final String USAGE =
            "Write token create --name=NAME --grant=GRANT [--grant=…] [--expires=30d|2027-01-31],"
                    + " token list, or token revoke ID; with --data=DIR or --config=FILE as for the"
                    + " gateway.";

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;
    private final Clock clock;

    TokenCommand(Map<String, String> environment, PrintStream out, PrintStream err, Clock clock) {
        this.environment = environment;
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    /** Does what the words behind {@code token} say; gives the exit status. */
    int run(List<String> words) {
        try {
            String verb = words.isEmpty() ? "" : words.getFirst();
            List<String> rest = words.isEmpty() ? List.of() : words.subList(1, words.size());
            switch (verb) {
                case "create" -> create(rest);
                case "list" -> list(rest);
                case "revoke" -> revoke(rest);
                default -> throw new SettingsException(USAGE);
            }
            return 0;
        } catch (SettingsException | IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        } catch (AccessException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private void create(List<String> words) {
        String name = null;
        Instant expires = null;
        List<Grant> grants = new ArrayList<>();
        List<String> settings = new ArrayList<>();
        for (String word : words) {
            if (word.startsWith("--name=")) {
                name = word.substring("--name=".length());
            } else if (word.startsWith("--grant=")) {
                grants.add(Grant.written(word.substring("--grant=".length())));
            } else if (word.startsWith("--expires=")) {
                expires = expires(word.substring("--expires=".length()));
            } else {
                settings.add(word);
            }
        }
        if (name == null) {
            throw new SettingsException("Whose token? " + USAGE);
        }
        ApiToken.Issued issued = store(settings).create(name, grants, expires);
        out.println(issued.text());
        err.printf(
                "Token %s of '%s' %s. It is shown this once; keep it secret.%s%n",
                issued.token().id(),
                name,
                until(issued.token().expires()),
                grants.isEmpty()
                        ? " It allows only what '" + name + "' is granted elsewhere."
                        : "");
    }

    private void list(List<String> words) {
        List<ApiToken> tokens = store(words).list();
        for (ApiToken token : tokens) {
            out.printf(
                    "%s  %s  %s  %s%n",
                    token.id(),
                    token.name(),
                    until(token.expires()),
                    token.grants().stream().map(Grant::toString).collect(Collectors.joining(" ")));
        }
        if (tokens.isEmpty()) {
            err.println("There are no tokens.");
        }
    }

    private void revoke(List<String> words) {
        List<String> ids = words.stream().filter(word -> !word.startsWith("--")).toList();
        if (ids.size() != 1) {
            throw new SettingsException("Which token? " + USAGE);
        }
        String id = ids.getFirst();
        List<String> settings = words.stream().filter(word -> word.startsWith("--")).toList();
        if (!store(settings).revoke(id)) {
            throw new SettingsException(
                    "There is no token with that id: token list shows those there are.");
        }
        err.printf("Token %s is revoked.%n", id);
    }

    private TokenStore store(List<String> settings) {
        String[] args = settings.toArray(String[]::new);
        Path file = Settings.tokens(args, environment);
        if (file == null) {
            throw new SettingsException(
                    "With store=memory tokens need --data=DIR, or --tokens-file=FILE, as the"
                            + " gateway has it.");
        }
        return new TokenStore(file, clock);
    }

    private Instant expires(String text) {
        Matcher age = AGE.matcher(text);
        if (age.matches()) {
            return clock.instant().plus(age(age));
        }
        try {
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new SettingsException(
                    "--expires must be a time such as 12h or 30d, a day such as 2027-01-31, or a"
                            + " moment such as 2027-01-31T12:00:00Z.");
        }
    }

    private static Duration age(Matcher matcher) {
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static String until(@Nullable Instant expires) {
        return expires == null ? "never expires" : "expires " + expires;
    }
}
