package io.tailrace.server.access;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who has which grants.
 *
 * @param principals by name
 * @param groups by name, for the groups that a JWT names
 */
record GrantTable(Map<String, List<Grant>> principals, Map<String, List<Grant>> groups) {

    static final GrantTable EMPTY = new GrantTable(Map.of(), Map.of());

    /** Copies the maps. */
    GrantTable {
        principals = Map.copyOf(principals);
        groups = Map.copyOf(groups);
    }

    /** All grants of a principal in those groups. */
    List<Grant> of(String principal, Collection<String> memberOf) {
        List<Grant> grants = new ArrayList<>(principals.getOrDefault(principal, List.of()));
        memberOf.forEach(group -> grants.addAll(groups.getOrDefault(group, List.of())));
        return grants;
    }

    /**
     * Reads a file with {@code principals { alice = ["subscribe:logs:acme:*"] }} and {@code groups
     * { … }}, HOCON or JSON.
     *
     * @throws AccessException when it cannot be read or understood
     */
    static GrantTable read(Path file) {
        if (!Files.isReadable(file)) {
            throw new AccessException(
                    "The grants file %s cannot be read: name one that exists.".formatted(file));
        }
        try {
            Config config =
                    Config.builder()
                            .addSource(ConfigSources.file(file))
                            .disableEnvironmentVariablesSource()
                            .disableSystemPropertiesSource()
                            .build();
            for (Config part : config.asNodeList().orElse(List.of())) {
                if (!part.name().equals("principals") && !part.name().equals("groups")) {
                    throw new IllegalArgumentException(
                            "'%s' is neither principals nor groups.".formatted(part.name()));
                }
            }
            return new GrantTable(section(config.get("principals")), section(config.get("groups")));
        } catch (ConfigException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new AccessException(
                    "The grants file %s cannot be understood: %s"
                            .formatted(file, cause.getMessage()));
        }
    }

    private static Map<String, List<Grant>> section(Config section) {
        Map<String, List<Grant>> grants = new TreeMap<>();
        for (Config node : section.asNodeList().orElse(List.of())) {
            grants.put(
                    Config.Key.unescapeName(node.name()),
                    Grant.parseAll(node.asList(String.class).orElse(List.of())));
        }
        return grants;
    }
}
