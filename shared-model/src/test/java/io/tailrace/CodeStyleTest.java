package io.tailrace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds for the source files of all modules. */
@Execution(ExecutionMode.CONCURRENT)
class CodeStyleTest {

    private static final List<String> MODULES =
            List.of("shared-model", "server", "server/demo", "desktop-app", "installers");
    private static final List<String> SOURCES = List.of("src/main/java", "src/test/java");
    private static final int MOST_LINES = 320;

    /** One sealed hierarchy in one file: a table of short records, read as one. */
    private static final Set<String> LONGER = Set.of("Event.java");

    private static final Map<String, Set<String>> FORBIDDEN =
            Map.of(
                    "Thread" + ".sleep(", Set.of("Pause.java"),
                    "printStackTrace" + "()", Set.of(),
                    "Platform" + ".runLater", Set.of("FxPump.java"));

    private static final Formatter FORMATTER =
            new Formatter(
                    JavaFormatterOptions.builder().style(JavaFormatterOptions.Style.AOSP).build());

    @Test
    void isFormatted() throws IOException, FormatterException {
        boolean write = "write".equals(System.getProperty("tailrace.format"));
        List<Path> others = new ArrayList<>();
        for (Map.Entry<Path, String> file : sources().entrySet()) {
            String formatted = FORMATTER.formatSourceAndFixImports(file.getValue());
            if (formatted.equals(file.getValue())) {
                continue;
            }
            if (write) {
                Files.writeString(root().resolve(file.getKey()), formatted);
            } else {
                others.add(file.getKey());
            }
        }
        assertThat(others)
                .as(
                        "run fmt: mvn -pl shared-model test -Dtest=CodeStyleTest"
                                + " -Dtailrace.format=write")
                .isEmpty();
    }

    @Test
    void filesAreShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        sources()
                .forEach((path, text) -> {
                    long lines = text.lines().count();
                    if (lines > MOST_LINES && !LONGER.contains(name(path))) {
                        tooLong.add(path + ": " + lines);
                    }
                });
        assertThat(tooLong).as("a file has at most %d lines: split it", MOST_LINES).isEmpty();
    }

    @Test
    void doesWithoutSleepsStackTracesAndScatteredHops() throws IOException {
        List<String> found = new ArrayList<>();
        sources()
                .forEach((path, text) ->
                        FORBIDDEN.forEach((words, except) -> {
                            if (code(text).contains(words) && !except.contains(name(path))) {
                                found.add(path + ": " + words);
                            }
                        }));
        assertThat(found)
                .as("wait on a Pacer or Awaitility, tell people in sentences, hop in FxPump only")
                .isEmpty();
    }

    /** The text without the lines that are comments. */
    private static String code(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("*") && !line.startsWith("/"))
                .collect(Collectors.joining("\n"));
    }

    private static Map<Path, String> sources() throws IOException {
        Map<Path, String> sources = new TreeMap<>();
        for (String module : MODULES) {
            for (String folder : SOURCES) {
                Path start = root().resolve(module).resolve(folder);
                if (Files.isDirectory(start)) {
                    try (Stream<Path> files = Files.walk(start)) {
                        for (Path file : files.filter(f -> name(f).endsWith(".java")).toList()) {
                            sources.put(root().relativize(file), Files.readString(file));
                        }
                    }
                }
            }
        }
        assertThat(sources).hasSizeGreaterThan(20);
        return sources;
    }

    /** The folder of the project, found upwards from the module that runs the test. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("shared-model"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new AssertionError("The project's folder was not found.");
        }
        return folder;
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
