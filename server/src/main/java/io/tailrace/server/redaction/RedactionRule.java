package io.tailrace.server.redaction;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
 */
record RedactionRule(
        String name,
        List<String> literals,
        Pattern pattern,
        List<Integer> groups,
        Predicate<String> worth) {

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
        return new RedactionRule(name, literals, pattern, groups, _ -> true);
    }

    /** The same for texts that pass a quick look only, because the pattern takes long. */
    RedactionRule when(Predicate<String> look) {
        return new RedactionRule(name, literals, pattern, groups, look);
    }
}
