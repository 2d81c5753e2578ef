package io.tailrace.server.redaction;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/** One event being masked: what was found in it. Confined to one thread. */
final class Masking {

    static final String MASK = "[redacted]";

    private static final int DEEPEST = 100;

    private final List<RedactionRule> rules;
    private final Triggers triggers;
    private final long always;
    private final boolean names;
    private final Set<String> found = new LinkedHashSet<>();
    private boolean saying;

    /**
     * Begins.
     *
     * @param always the rules that every text is searched for
     * @param names whether fields with secret names are masked
     */
    Masking(List<RedactionRule> rules, Triggers triggers, long always, boolean names) {
        this.rules = rules;
        this.triggers = triggers;
        this.always = always;
        this.names = names;
    }

    /** The names of the rules that masked something. */
    Set<String> found() {
        return found;
    }

    /** From now on events say what was found. */
    void say() {
        saying = true;
    }

    boolean saying() {
        return saying;
    }

    private String mask(String rule) {
        found.add(rule);
        return MASK;
    }

    /** The text without secrets; the same object when there are none. */
    String text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long worth = triggers.scan(bytes, 0, bytes.length) | always;
        String result = text;
        for (int i = 0; worth != 0 && i < rules.size(); i++) {
            if ((worth & 1L << i) != 0) {
                result = masked(result, rules.get(i));
            }
        }
        return result;
    }

    @Nullable String orNull(@Nullable String text) {
        return text == null ? null : text(text);
    }

    private String masked(String text, RedactionRule rule) {
        if (!rule.worth().test(text)) {
            return text;
        }
        Matcher matcher = rule.pattern().matcher(text);
        StringBuilder result = null;
        int copied = 0;
        while (matcher.find()) {
            int group = secret(matcher, rule);
            int from = matcher.start(group);
            if (matcher.end(group) == from || text.startsWith(MASK, from)) {
                continue; // nothing, or what an earlier rule masked
            }
            if (from < copied || !rule.secret(matcher)) {
                continue; // masked a moment ago, or only looks alike
            }
            result = result == null ? new StringBuilder(text.length()) : result;
            result.append(text, copied, from).append(mask(rule.name()));
            copied = matcher.end(group);
        }
        return result == null ? text : result.append(text, copied, text.length()).toString();
    }

    /** The group that holds the secret: the first named one that matched, else all. */
    private static int secret(Matcher matcher, RedactionRule rule) {
        for (int group : rule.groups()) {
            if (matcher.start(group) >= 0) {
                return group;
            }
        }
        return 0;
    }

    /** The members of an object without secrets. */
    Map<String, @Nullable Object> members(Map<String, @Nullable Object> members) {
        return members.isEmpty() ? members : object(members, 0);
    }

    private Map<String, @Nullable Object> object(Map<?, ?> object, int depth) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        boolean pair = names && secretPair(object);
        object.forEach((key, value) -> {
            String name = String.valueOf(key);
            boolean secret = pair ? name.equals("value") : names && SecretNames.secret(name);
            result.put(text(name), secret ? hidden(name, value) : value(value, depth));
        });
        return result;
    }

    /** A variable or parameter that is told as its name and its value. */
    private static boolean secretPair(Map<?, ?> object) {
        Object name = object.containsKey("name") ? object.get("name") : object.get("key");
        return name instanceof String text
                && object.containsKey("value")
                && SecretNames.secret(text);
    }

    /** What has a secret name: nothing of it is shown, unless it says nothing. */
    private @Nullable Object hidden(String name, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag;
            case Number count when counts(name) -> count;
            case String text when text.isEmpty() || text.equals(MASK) -> text;
            case Map<?, ?> map when map.isEmpty() -> map;
            case List<?> list when list.isEmpty() -> list;
            default -> mask(StandardRules.SECRET_FIELD);
        };
    }

    /** Whether a number of that name tells how many there are. */
    private static boolean counts(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith("token") || lower.endsWith("s");
    }

    private @Nullable Object value(@Nullable Object value, int depth) {
        return switch (value) {
            case String text -> text(text);
            case Map<?, ?> object when depth < DEEPEST -> object(object, depth + 1);
            case List<?> list when depth < DEEPEST -> {
                List<@Nullable Object> result = new ArrayList<>(list.size());
                for (Object item : list) {
                    result.add(value(item, depth + 1));
                }
                yield result;
            }
            case null, default -> value;
        };
    }
}
