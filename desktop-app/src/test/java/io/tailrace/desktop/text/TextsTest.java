package io.tailrace.desktop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The bundle and the source files agree, and nobody has words of his own. */
class TextsTest {

    private static final Path SOURCES = Path.of("src/main/java/io/tailrace/desktop");
    private static final ResourceBundle BUNDLE =
            ResourceBundle.getBundle(Texts.class.getPackageName() + ".texts");

    private static final Pattern KEY =
            Pattern.compile("(?:Texts\\.|(?<![.\\w]))(text|count)\\(\\s*\"([^\"]+)\"");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Two words, or one with a capital: what people read, unlike keys and style classes. */
    private static final Pattern WORDS =
            Pattern.compile("[A-Za-z]{2,}[,:.]? [A-Za-z]{2,}|^[A-Z][a-z]+$");

    /** Names of keys, as KeyTable takes them. */
    private static final Set<String> KEYS =
            Set.of("Enter", "Esc", "Space", "Home", "End", "Delete", "Tab", "Del", "Ins");

    /** Words that are not the console's, and why they stand in a source file. */
    private static final Map<String, String> OTHERS =
            Map.ofEntries(
                    Map.entry("; SQL statement", "how a database's error goes on"),
                    Map.entry(";? SQL statement:\\\\s*(?=`)", "the same, in the gateway's answers"),
                    Map.entry("By", "a unit of OpenTelemetry"),
                    Map.entry("yyyy-MM-dd HH:mm:ss.SSS", "a time, for every language"),
                    Map.entry("Mac", "how a system calls itself"),
                    Map.entry("on run argv", "a script for macOS"),
                    Map.entry("display notification (item 2 of argv) with title (item 1 of", "too"),
                    Map.entry("end run", "its end"),
                    Map.entry("Library/Application Support", "a folder of macOS"),
                    Map.entry("System", "a family of fonts"),
                    Map.entry("Aa", "the sign for upper and lower case"),
                    Map.entry("Traceback (most recent call last)", "Python's stack traces"),
                    Map.entry("yyyy-MM-dd HH:mm:ss.SSS xxx", "a time, for every language"),
                    Map.entry("Headless", "a setting of JavaFX"),
                    Map.entry("echo 'hello from my pipeline' | curl -T - ", "a command line"));

    /** Comments, and the quotation marks that are no literals; not what literals hold. */
    private static final Pattern COMMENT =
            Pattern.compile(
                    "(\"(?:[^\"\\\\\n]|\\\\.)*\")|'\"'|/\\*.*?\\*/|//[^\n]*", Pattern.DOTALL);

    private static final Pattern STATEMENT = Pattern.compile("[;{}]\n");

    /** What is for programmers: failures that are bugs, and what is logged. */
    private static final Pattern INTERNAL =
            Pattern.compile(
                    "(new (IllegalStateException|IllegalArgumentException|AssertionError"
                            + "|MalformedEventException|UncheckedIOException|ZipException)"
                            + "|\\bLOG\\.log)\\(");

    @Test
    void everyKeyOfTheSourceFilesIsInTheBundle() throws IOException {
        assertThat(used()).isSubsetOf(BUNDLE.keySet());
    }

    @Test
    void everyKeyOfTheBundleIsUsed() throws IOException {
        String all = String.join("\n", sources().values());
        List<String> unused =
                BUNDLE.keySet().stream()
                        .filter(key -> !all.contains('"' + stem(key) + '"'))
                        .sorted()
                        .toList();
        assertThat(unused).isEmpty();
    }

    @Test
    void everyPatternIsOne() {
        BUNDLE.keySet().stream()
                .map(BUNDLE::getString)
                .filter(text -> text.contains("{"))
                .forEach(pattern -> {
                    assertThat(pattern.replace("''", "")).doesNotContain("'");
                    assertThat(new MessageFormat(pattern).getFormats()).isNotEmpty();
                });
        // the others are taken as they are
        assertThat(BUNDLE.keySet().stream().map(BUNDLE::getString))
                .filteredOn(text -> !text.contains("{"))
                .noneMatch(text -> text.contains("''"));
    }

    @Test
    void textsGetAsManyValuesAsTheyHavePlaces() throws IOException {
        for (String source : sources().values()) {
            Matcher call = KEY.matcher(source);
            while (call.find()) {
                String key = call.group(2);
                int values = values(source, call.end());
                if (call.group(1).equals("count")) {
                    assertThat(places(key + ".other")).as(key).isEqualTo(values);
                    assertThat(places(key + ".one")).as(key).isLessThanOrEqualTo(values);
                } else {
                    assertThat(places(key)).as(key).isEqualTo(values);
                }
            }
        }
    }

    private static int places(String key) {
        return new MessageFormat(BUNDLE.getString(key)).getFormatsByArgumentIndex().length;
    }

    /** How many arguments follow in a call; what is in parentheses or quotes is one. */
    private static int values(String source, int from) {
        String rest = COMMENT.matcher(source.substring(from)).replaceAll("x");
        int count = 0;
        int depth = 0;
        for (int i = 0; depth >= 0; i++) {
            char c = rest.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            count += c == ',' && depth == 0 ? 1 : 0;
        }
        return count;
    }

    @Test
    void wordsAreInTheBundleOnly() throws IOException {
        List<String> found = new ArrayList<>();
        sources()
                .forEach((file, source) -> {
                    words(source).forEach(words -> found.add(file + ": " + words));
                });
        assertThat(found).as("put them into texts.properties").isEmpty();
    }

    @Test
    void putsValuesInAndCounts() {
        assertThat(Texts.text("alerts.unseen", "1,204")).isEqualTo("1,204 new");
        assertThat(Texts.count("alerts.outside", 1)).startsWith("1 alert outside");
        assertThat(Texts.count("alerts.outside", 2000)).startsWith("2,000 alerts outside");
    }

    private static Set<String> used() throws IOException {
        Set<String> keys = new TreeSet<>();
        for (String source : sources().values()) {
            Matcher matcher = KEY.matcher(source);
            while (matcher.find()) {
                String key = matcher.group(2);
                if (matcher.group(1).equals("count")) {
                    keys.addAll(List.of(key + ".one", key + ".other"));
                } else {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    private static String stem(String key) {
        return key.replaceFirst("\\.(one|other)$", "");
    }

    /** Literals with words in a source file, without comments and what is for programmers. */
    private static List<String> words(String source) {
        return STATEMENT
                .splitAsStream(COMMENT.matcher(source).replaceAll("$1"))
                .filter(statement -> !INTERNAL.matcher(statement).find())
                .flatMap(statement -> LITERAL.matcher(statement).results())
                .map(literal -> literal.group(1))
                .filter(literal -> WORDS.matcher(literal).find())
                .filter(literal -> !KEYS.containsAll(List.of(literal.split(" "))))
                .filter(literal -> !OTHERS.containsKey(literal))
                .toList();
    }

    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(SOURCES.relativize(file).toString(), Files.readString(file));
            }
        }
        return sources;
    }
}
