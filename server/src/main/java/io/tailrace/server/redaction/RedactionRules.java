package io.tailrace.server.redaction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which secrets are looked for: the standard rules, less those switched off, and own ones. */
public final class RedactionRules {

    private static final int MOST = 62;
    private static final Pattern LINE = Pattern.compile("([a-z0-9][a-z0-9-]{0,39})\\s*=\\s*(.+)");
    private static final Pattern LITERAL =
            Pattern.compile("^(?:\\(\\?i\\))?([A-Za-z0-9_:@ -]{3,})");

    private final List<RedactionRule> texts;
    private final boolean names;

    private RedactionRules(List<RedactionRule> texts, boolean names) {
        this.texts = List.copyOf(texts);
        this.names = names;
    }

    /** All standard rules. */
    public static RedactionRules standard() {
        return of(List.of(), List.of());
    }

    /**
     * The standard rules without some, and own ones.
     *
     * @param off the names of rules that are not wanted, or {@code all}
     * @param own lines such as {@code customer-number = CN-[0-9]{8}}: what the expression finds is
     *     masked, or only its group {@code (?<secret>…)}; empty lines and those with {@code #}
     *     count for nothing
     * @throws IllegalArgumentException with a sentence that says which line or name is wrong
     */
    public static RedactionRules of(List<String> off, List<String> own) {
        Set<String> unknown = new TreeSet<>(off);
        unknown.removeAll(known());
        unknown.remove("all");
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "There is no redaction rule '%s'; there are %s, or 'all'."
                            .formatted(unknown.iterator().next(), String.join(", ", known())));
        }
        boolean none = off.contains("all");
        List<RedactionRule> rules = new ArrayList<>();
        for (RedactionRule rule : StandardRules.ALL) {
            if (!none && !off.contains(rule.name())) {
                rules.add(rule);
            }
        }
        for (String line : own) {
            parsed(line).ifPresent(rules::add);
        }
        if (rules.size() > MOST) {
            throw new IllegalArgumentException(
                    "There are %d redaction rules; at most %d are possible."
                            .formatted(rules.size(), MOST));
        }
        return new RedactionRules(rules, !none && !off.contains(StandardRules.SECRET_FIELD));
    }

    /**
     * The lines of a file of own rules.
     *
     * @throws IllegalArgumentException with a sentence when it cannot be read
     */
    public static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The redaction rules in '%s' cannot be read: is it a text file in UTF-8 that this user may read?"
                            .formatted(file),
                    e);
        }
    }

    /** The names of the standard rules. */
    public static List<String> known() {
        return Stream.concat(
                        StandardRules.ALL.stream().map(RedactionRule::name),
                        Stream.of(StandardRules.SECRET_FIELD))
                .distinct()
                .collect(Collectors.toList());
    }

    List<RedactionRule> texts() {
        return texts;
    }

    boolean names() {
        return names;
    }

    /** With one more for the names of fields, which only tells what is worth a look. */
    List<RedactionRule> withNames() {
        if (!names) {
            return texts;
        }
        List<RedactionRule> all = new ArrayList<>(texts);
        all.add(
                RedactionRule.of(
                        StandardRules.SECRET_FIELD, SecretNames.LITERALS, Pattern.compile("^$")));
        return all;
    }

    private static Optional<RedactionRule> parsed(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return Optional.empty();
        }
        var matcher = LINE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Redaction rule '%s' must look like 'customer-number = CN-[0-9]{8}'."
                            .formatted(text));
        }
        try {
            String expression = matcher.group(2);
            return Optional.of(
                    RedactionRule.of(
                            matcher.group(1), literals(expression), Pattern.compile(expression)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "Redaction rule '%s' is not a regular expression: %s."
                            .formatted(matcher.group(1), e.getDescription()),
                    e);
        }
    }

    /** What every find must begin with, when that can be told from the expression's beginning. */
    private static List<String> literals(String expression) {
        var matcher = LITERAL.matcher(expression);
        if (expression.contains("|") || !matcher.find()) {
            return List.of();
        }
        String literal = matcher.group(1);
        int end = matcher.end();
        boolean repeated = end < expression.length() && "?*{".indexOf(expression.charAt(end)) >= 0;
        String sure = repeated ? literal.substring(0, literal.length() - 1) : literal;
        return sure.length() < 3 ? List.of() : List.of(sure);
    }
}
