package io.tailrace.server.source.file;

import io.tailrace.model.Channel;
import io.tailrace.model.Subject;
import io.tailrace.server.ingest.LineForm;
import io.tailrace.server.ingest.LineIntake;
import io.tailrace.server.lines.LineReader;
import io.tailrace.server.settings.FileSourceSettings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file is about, as far as its path says it. */
final class PathNames {

    private static final Pattern NOT_IN_NAMES = Pattern.compile("[\\s,*:\\p{Cntrl}]+");
    private static final Pattern DIGITS = Pattern.compile("[1-9]\\d{0,8}");

    private final FileSourceSettings settings;
    private final Map<String, Integer> groups;
    private final int maxLine;
    private final @Nullable LineReader reader;

    PathNames(FileSourceSettings settings, int maxLine) {
        this.settings = settings;
        this.maxLine = maxLine;
        this.reader = settings.recognise() ? new LineReader(settings.zone()) : null;
        Pattern match = settings.match();
        this.groups = match == null ? Map.of() : match.namedGroups();
    }

    /** Where the lines of that file go; empty when its path does not say what it must. */
    Optional<LineIntake.Target> target(Path path) {
        Pattern pattern = settings.match();
        Matcher found = pattern == null ? null : pattern.matcher(path.toString());
        if (found != null && !found.find()) {
            return Optional.empty();
        }
        var about = settings.about();
        String workspace = name(found, "workspace", about.workspace());
        String workflow = name(found, "workflow", about.workflow());
        if (workspace == null || workflow == null) {
            return Optional.empty();
        }
        String attempt = group(found, "attempt");
        boolean counted = attempt != null && DIGITS.matcher(attempt).matches();
        String task = or(group(found, "task"), about.task());
        Subject subject =
                new Subject(
                        workspace,
                        workflow,
                        or(group(found, "run"), about.run()),
                        task,
                        counted && task != null ? Integer.valueOf(attempt) : null,
                        null);
        return Optional.of(
                new LineIntake.Target(
                        Channel.logs(workspace, workflow),
                        subject,
                        settings.level(),
                        settings.logger(),
                        LineForm.valueOf(settings.form().name()),
                        reader,
                        maxLine));
    }

    private @Nullable String name(@Nullable Matcher found, String group, @Nullable String said) {
        String name = or(group(found, group), said);
        return name == null ? null : NOT_IN_NAMES.matcher(name).replaceAll("_");
    }

    private @Nullable String group(@Nullable Matcher found, String group) {
        return found == null || !groups.containsKey(group) ? null : found.group(group);
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first == null || first.isBlank() ? second : first;
    }
}
