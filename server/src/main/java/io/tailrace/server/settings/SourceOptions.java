package io.tailrace.server.settings;

import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What somebody wrote about one source; each option is to be asked for once. */
final class SourceOptions {

    private final String name;
    private final String source;
    private final Map<String, String> options = new TreeMap<>();

    /**
     * Empty.
     *
     * @param name of the source
     * @param source where its settings come from, to complete the words "from …"
     */
    SourceOptions(String name, String source) {
        this.name = name;
        this.source = source;
    }

    void put(String option, String text) {
        options.put(option, text);
    }

    String name() {
        return name;
    }

    /** A text that need not be there. */
    Optional<String> text(String option) {
        return Optional.ofNullable(options.remove(option)).map(String::strip);
    }

    /** Items between commas; empty when there are none. */
    List<String> list(String option) {
        return value(option, "", "").list();
    }

    /** One of a few words, the first when nothing is said. */
    String word(String option, String... words) {
        return value(option, words[0], "one of " + String.join(", ", words)).word(words);
    }

    Duration time(String option, String standard, Duration least, Duration most) {
        return value(option, standard, "a time such as 250ms or 1m").time(least, most);
    }

    long number(String option, long standard, long least, long most) {
        String needed = "a whole number from %d to %d".formatted(least, most);
        return value(option, Long.toString(standard), needed).number(least, most);
    }

    /** A time zone, or null. */
    @Nullable ZoneId zone(String option) {
        Optional<String> text = text(option);
        try {
            return text.map(ZoneId::of).orElse(null);
        } catch (DateTimeException e) {
            throw wrong(option, text.orElse(""), "a time zone such as Europe/Berlin");
        }
    }

    /** A regular expression, or null. */
    @Nullable Pattern pattern(String option) {
        Optional<String> text = text(option);
        try {
            return text.map(Pattern::compile).orElse(null);
        } catch (PatternSyntaxException e) {
            throw wrong(option, text.orElse(""), "a regular expression");
        }
    }

    /** How grave something is, or null. */
    @Nullable Level level(String option) {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return null;
        }
        return Level.parse(text.get())
                .orElseThrow(() -> wrong(option, text.get(), "trace, debug, info, warn or error"));
    }

    /** All options of a section, by what follows its name; dots in quotes are dots. */
    Map<String, String> section(String section) {
        String prefix = section + ".";
        Map<String, String> found = new TreeMap<>();
        options.forEach((option, text) -> {
            if (option.startsWith(prefix)) {
                found.put(
                        option.substring(prefix.length()).replace("~1", ".").replace("~0", "~"),
                        text.strip());
            }
        });
        options.keySet().removeIf(option -> option.startsWith(prefix));
        return found;
    }

    /**
     * Something that is not to stand in the settings: as it is, in a variable of the environment,
     * or in a file.
     */
    Optional<String> secret(String option) {
        Optional<String> variable = text(option + "-variable");
        Optional<Path> file =
                Optional.ofNullable(value(option + "-file", "", "a file that can be read").file());
        Optional<String> text = text(option);
        if (text.isPresent() || (variable.isEmpty() && file.isEmpty())) {
            return text;
        }
        if (variable.isPresent()) {
            return Optional.of(
                    Optional.ofNullable(System.getenv(variable.get()))
                            .orElseThrow(() ->
                                    wrong(
                                            option + "-variable",
                                            variable.get(),
                                            "a variable that the gateway's environment has")));
        }
        return Optional.of(contents(option + "-file", file.orElseThrow()));
    }

    private String contents(String option, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw wrong(option, file.toString(), "a file that can be read");
        }
    }

    /** What a file of Java properties says, if one is named, and then the section. */
    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        Path file = value("properties-file", "", "a file that can be read").file();
        if (file != null) {
            Properties read = new Properties();
            try {
                read.load(new StringReader(contents("properties-file", file)));
            } catch (IOException | IllegalArgumentException e) {
                throw wrong("properties-file", file.toString(), "a file of Java properties");
            }
            read.stringPropertyNames()
                    .forEach(name -> properties.put(name, read.getProperty(name)));
        }
        properties.putAll(section("properties"));
        return properties;
    }

    private SettingValue value(String option, String standard, String needed) {
        String text = options.remove(option);
        return new SettingValue(path(option), needed, text == null ? standard : text, source);
    }

    private String path(String option) {
        return "sources." + name + "." + option;
    }

    /** For an option whose text cannot be used. */
    SettingsException wrong(String option, String text, String needed) {
        return new SettingValue(path(option), needed, text, source).wrong();
    }

    /** For an option that must be there. */
    SettingsException missing(String option, String example) {
        return new SettingsException(
                "Setting '%s' from %s is missing: write for example %s."
                        .formatted(path(option), source, example));
    }

    /** Nothing may be left that nobody asked for. */
    @SafeVarargs
    final void checkAllKnown(List<String>... known) {
        if (!options.isEmpty()) {
            Set<String> names = new TreeSet<>();
            for (List<String> some : known) {
                names.addAll(some);
            }
            throw new SettingsException(
                    "There is no setting '%s', which comes from %s: a source of this type has %s."
                            .formatted(
                                    path(options.keySet().iterator().next()),
                                    source,
                                    String.join(", ", names)));
        }
    }
}
