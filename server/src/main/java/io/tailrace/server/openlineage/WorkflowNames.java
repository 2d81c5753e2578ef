package io.tailrace.server.openlineage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Which workspace and workflow a job belongs to. By default the namespace is the workspace and the
 * name the workflow. Immutable.
 */
public final class WorkflowNames {

    private static final int LONGEST = 100;
    private static final Pattern RULE =
            Pattern.compile("([^/]+)/(.+?)\\s*(?:->|=>)\\s*([^/\\s]+)/(\\S+)");
    private static final Pattern REFERENCE = Pattern.compile("\\$(\\d)");

    /** A rule: what it is for, and what comes out. */
    private record Rule(Pattern job, String workspace, String workflow) {}

    /**
     * Where a job's events go.
     *
     * @param workspace the workspace
     * @param workflow the workflow
     */
    record Names(String workspace, String workflow) {}

    private final List<Rule> rules;

    private WorkflowNames(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Rules, of which the first that fits counts, before the default.
     *
     * @param rules such as {@code trino*\/* -> trino/queries} or {@code *\/*.* -> $1/$2}: namespace
     *     and name with {@code *} for anything, then workspace and workflow with {@code $1} for
     *     what the first {@code *} stood for
     * @throws IllegalArgumentException with a sentence that says which rule is wrong
     */
    public static WorkflowNames of(List<String> rules) {
        List<Rule> parsed = new ArrayList<>();
        for (String rule : rules) {
            Matcher matcher = RULE.matcher(rule.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "OpenLineage rule '%s' must look like 'namespace*/name* -> workspace/workflow'."
                                .formatted(rule));
            }
            Pattern job = glob(matcher.group(1) + "\n" + matcher.group(2));
            long stars = rule.substring(0, matcher.end(2)).chars().filter(c -> c == '*').count();
            check(rule, matcher.group(3) + matcher.group(4), stars);
            parsed.add(new Rule(job, matcher.group(3), matcher.group(4)));
        }
        return new WorkflowNames(parsed);
    }

    private static void check(String rule, String target, long stars) {
        Matcher reference = REFERENCE.matcher(target);
        while (reference.find()) {
            int number = Integer.parseInt(reference.group(1));
            if (number < 1 || number > stars) {
                throw new IllegalArgumentException(
                        "OpenLineage rule '%s' has $%d but %d '*'.".formatted(rule, number, stars));
            }
        }
    }

    private static Pattern glob(String text) {
        StringBuilder pattern = new StringBuilder();
        for (String part : text.split("(?<=\\*)|(?=\\*)", -1)) {
            pattern.append(part.equals("*") ? "(.*?)" : Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString());
    }

    /** Where events about this job go; names are made fit for channels. */
    Names of(JobName job) {
        String text = job.namespace().replace('\n', ' ') + "\n" + job.name().replace('\n', ' ');
        for (Rule rule : rules) {
            Matcher matcher = rule.job.matcher(text);
            if (matcher.matches()) {
                return new Names(
                        fit(filled(rule.workspace, matcher)), fit(filled(rule.workflow, matcher)));
            }
        }
        return new Names(fit(job.namespace()), fit(job.name()));
    }

    private static String filled(String template, Matcher matcher) {
        return REFERENCE
                .matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(matcher.group(Integer.parseInt(found.group(1)))));
    }

    /**
     * A part of a channel's name: without what has a meaning there or in addresses, and not too
     * long; different long names stay different.
     */
    static String fit(String name) {
        StringBuilder fit = new StringBuilder(Math.min(name.length(), LONGEST));
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean fine =
                    c > ' '
                            && ":,*/\\?#%\u007f".indexOf(c) < 0
                            && !Character.isISOControl(c)
                            && !Character.isSurrogate(c);
            if (fine) {
                fit.append(c);
            } else if (fit.length() > 0 && fit.charAt(fit.length() - 1) != '-') {
                fit.append('-');
            }
        }
        int end = fit.length();
        while (end > 0 && fit.charAt(end - 1) == '-') {
            end--;
        }
        fit.setLength(end);
        if (fit.isEmpty()) {
            return "unnamed";
        }
        if (fit.length() > LONGEST) {
            CRC32 crc = new CRC32();
            crc.update(name.getBytes(StandardCharsets.UTF_8));
            fit.setLength(LONGEST - 9);
            fit.append('-').append(Long.toHexString(crc.getValue()));
        }
        return fit.toString();
    }
}
