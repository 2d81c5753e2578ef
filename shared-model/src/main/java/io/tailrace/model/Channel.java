package io.tailrace.model;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A named, ordered stream that events belong to, such as {@code logs:acme:nightly-orders}.
 *
 * <p>A name is a class and its parts, joined by colons: {@code logs:{workspace}:{workflow}}, {@code
 * runs:{workspace}:{workflow}}, {@code commands:{workspace}:{workflow}}, {@code
 * metrics:{workspace}}, {@code alerts:{user}}, {@code dashboards:{dashboard}}, {@code
 * session:{sessionId}}.
 *
 * @param name the whole name
 */
public record Channel(String name) implements Comparable<Channel> {

    /** The longest name that is accepted, in characters. */
    public static final int MAX_LENGTH = 256;

    private static final Map<String, Integer> PARTS =
            Map.of(
                    "logs",
                    2,
                    "runs",
                    2,
                    "commands",
                    2,
                    "metrics",
                    1,
                    "alerts",
                    1,
                    "dashboards",
                    1,
                    "session",
                    1);

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException with a sentence that says what a name must look like
     */
    public Channel {
        String problem = problem(name);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** All types that there are, sorted. */
    public static List<String> types() {
        return PARTS.keySet().stream().sorted().toList();
    }

    /** How many parts the names of a type have, the type included. */
    static int parts(String type) {
        return PARTS.getOrDefault(type, 0) + 1;
    }

    /** What the names of a type look like. */
    static String form(String type) {
        return type + (parts(type) == 3 ? ":{workspace}:{workflow}" : ":{name}");
    }

    /** A pattern for some channels of a type. */
    static String example(String type) {
        return type + (parts(type) == 3 ? ":acme:*" : ":acme*");
    }

    /** The log lines of one workflow. */
    public static Channel logs(String workspace, String workflow) {
        return new Channel("logs:" + workspace + ":" + workflow);
    }

    /** The lifecycle of one workflow's runs and tasks. */
    public static Channel runs(String workspace, String workflow) {
        return new Channel("runs:" + workspace + ":" + workflow);
    }

    /** The commands for one workflow's runs. */
    public static Channel commands(String workspace, String workflow) {
        return new Channel("commands:" + workspace + ":" + workflow);
    }

    /** The metrics of one workspace. */
    public static Channel metrics(String workspace) {
        return new Channel("metrics:" + workspace);
    }

    /** What only one session receives. */
    public static Channel session(String sessionId) {
        return new Channel("session:" + sessionId);
    }

    /** The first part: {@code logs}, {@code runs}, {@code metrics} and so on. */
    public String type() {
        return name.substring(0, name.indexOf(':'));
    }

    /** All parts, the class first. */
    public List<String> parts() {
        return List.of(name.split(":", -1));
    }

    /** The workspace of a logs, runs, commands or metrics channel. */
    public @Nullable String workspace() {
        return switch (type()) {
            case "logs", "runs", "commands", "metrics" -> part(1);
            default -> null;
        };
    }

    /** The workflow of a logs, runs or commands channel. */
    public @Nullable String workflow() {
        return switch (type()) {
            case "logs", "runs", "commands" -> part(2);
            default -> null;
        };
    }

    private String part(int number) {
        int begin = 0;
        for (int i = 0; i < number; i++) {
            begin = name.indexOf(':', begin) + 1;
        }
        int end = name.indexOf(':', begin);
        return end < 0 ? name.substring(begin) : name.substring(begin, end);
    }

    @Override
    public int compareTo(Channel other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Without a regular expression or a list: every event that comes in has a channel. */
    private static @Nullable String problem(String name) {
        if (name.length() > MAX_LENGTH) {
            return "A channel name has at most " + MAX_LENGTH + " characters.";
        }
        int first = name.indexOf(':');
        String type = first < 0 ? name : name.substring(0, first);
        Integer wanted = PARTS.get(type);
        if (wanted == null) {
            return "Channel '%s' must start with one of %s and a colon."
                    .formatted(abbreviated(name), types());
        }
        int parts = 0;
        boolean fine = true;
        for (int i = type.length(); i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == ':') {
                parts++;
                fine &= i + 1 < name.length() && name.charAt(i + 1) != ':';
            } else {
                fine &= allowed(c);
            }
        }
        if (parts != wanted) {
            return "Channel '%s' must look like %s.".formatted(abbreviated(name), form(type));
        }
        return fine
                ? null
                : "Channel '%s' may not have empty parts, spaces, commas, '*' or control characters."
                        .formatted(abbreviated(name));
    }

    private static boolean allowed(int c) {
        return c > ' ' && c != ',' && c != '*' && c != 0x7f && !Character.isISOControl(c);
    }

    private static String abbreviated(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
