package io.tailrace.server.lines;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in a message template as Serilog writes it: {@code Took {Elapsed:0.0} ms for {@User}}. */
final class Template {

    private static final Pattern HOLE =
            Pattern.compile("\\{\\{|}}|\\{[@$]?([A-Za-z0-9_.]{1,100})(?:[,:][^{}]{0,50})?}");

    private Template() {}

    /** The template with the values in their places; holes without a value stay. */
    static String filled(String template, Map<String, @Nullable Object> values) {
        return HOLE.matcher(template)
                .replaceAll(
                        hole -> Matcher.quoteReplacement(one(hole.group(), hole.group(1), values)));
    }

    private static String one(
            String hole, @Nullable String name, Map<String, @Nullable Object> values) {
        if (name == null) {
            return hole.substring(1);
        }
        return values.containsKey(name) ? String.valueOf(values.get(name)) : hole;
    }
}
