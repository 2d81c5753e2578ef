package io.tailrace.server.redaction;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one kind of secret looks in text.
 *
 * @param name what people call it in settings, metrics and events
 * @param literals one of them, in lower case, is in every text with such a secret, whatever its
 *     case there; empty when nothing can be said, then every text is searched
 * @param pattern finds it
 * @param groups those whose name begins with {@code secret}: the one that has something is masked,
 *     or all when there is none
 * @param worth a quick look whether the pattern may find something
 * @param named whether what the pattern finds is secret, by what its group {@code name} has
 */
record RedactionRule(
        String name,
        List<String> literals,
        Pattern pattern,
        List<Integer> groups,
        Predicate<String> worth,
        @Nullable Predicate<String> named) {

    RedactionRule {
        literals = List.copyOf(literals);
        groups = List.copyOf(groups);
    }

    static RedactionRule of(String name, List<String> literals, Pattern pattern) {
        List<Integer> groups =
                pattern.namedGroups().entrySet().stream()
                        .filter(group -> group.getKey().startsWith("secret"))
                        .map(Map.Entry::getValue)
                        .toList();
        return new RedactionRule(name, literals, pattern, groups, _ -> true, null);
    }

    /** The same for texts that pass a quick look only, because the pattern takes long. */
    RedactionRule when(Predicate<String> look) {
        return new RedactionRule(name, literals, pattern, groups, look, named);
    }

    /** The same for finds whose group {@code name} says that they are secret. */
    RedactionRule ifNamed(Predicate<String> secret) {
        return new RedactionRule(name, literals, pattern, groups, worth, secret);
    }

    /** Whether this find is surely secret. */
    boolean secret(Matcher find) {
        return named == null || named.test(find.group("name"));
    }
}
