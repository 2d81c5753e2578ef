package io.tailrace.demo.pipeline;

import org.slf4j.event.Level;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is odd about a jar. */
final class JarRules {

    private static final int RUNNING = Runtime.version().feature() + 44; // as a class-file version

    private final Jar jar;
    private final List<Finding> findings = new ArrayList<>();

    private JarRules(Jar jar) {
        this.jar = jar;
    }

    /** Everything there is to say about a jar that was extracted. */
    static List<Finding> findings(Jar jar, Dataset data) {
        JarRules rules = new JarRules(jar);
        JarFacts facts = data.facts.get(jar);
        if (facts != null) {
            rules.file(facts);
        }
        if (facts != null && facts.unreadable() == null) {
            List<ClassFacts> classes = data.classes.getOrDefault(jar, List.of());
            rules.manifest(facts, classes);
            rules.classes(classes);
            rules.broken(data.brokenClasses.getOrDefault(jar, List.of()));
            if (data.licences.getOrDefault(jar, List.of()).isEmpty()) {
                rules.add(Level.INFO, "no-licence", "names no licence");
            }
        }
        return rules.findings;
    }

    private void file(JarFacts facts) {
        if (jar.size() == 0) {
            add(Level.ERROR, "empty-file", "has no bytes; delete it and let Maven load it again");
        } else if (facts.unreadable() != null) {
            add(Level.ERROR, "unreadable", "cannot be read as a zip: " + facts.unreadable());
        }
        String wanted = facts.wantedSha1();
        if (wanted != null && !wanted.equals(facts.sha1())) {
            add(
                    Level.ERROR,
                    "checksum",
                    "is not the file its .sha1 file speaks of; delete both to load them again");
        }
    }

    private void manifest(JarFacts facts, List<ClassFacts> classes) {
        if (!facts.manifest()) {
            add(Level.WARN, "no-manifest", "has no manifest");
        }
        if (!facts.duplicates().isEmpty()) {
            add(Level.WARN, "duplicate-entry", "has twice: " + some(facts.duplicates()));
        }
        if (facts.versioned() > 0 && !facts.multiRelease()) {
            add(
                    Level.ERROR,
                    "dead-versions",
                    facts.versioned()
                            + " classes below META-INF/versions are never loaded: the manifest does"
                            + " not say Multi-Release: true");
        }
        if (facts.multiRelease() && facts.versioned() == 0) {
            add(Level.WARN, "empty-multi-release", "is multi-release without versioned classes");
        }
        if (!facts.signatures().isEmpty()) {
            add(Level.INFO, "signed", "is signed: " + some(facts.signatures()));
        }
        if (facts.moduleName() == null && !classes.isEmpty()) {
            add(
                    Level.INFO,
                    "no-module-name",
                    "has no module name of its own; Java derives one from the file's name");
        }
    }

    private void classes(List<ClassFacts> classes) {
        SortedSet<Integer> versions =
                classes.stream()
                        .filter(ClassFacts::base)
                        .map(ClassFacts::major)
                        .collect(Collectors.toCollection(TreeSet::new));
        if (versions.size() > 1) {
            add(Level.WARN, "mixed-versions", "mixes class-file versions " + versions);
        }
        if (!versions.isEmpty() && versions.last() > RUNNING) {
            add(
                    Level.WARN,
                    "too-new",
                    "has classes of version " + versions.last() + ", this Java reads " + RUNNING);
        }
        List<String> misplaced =
                classes.stream()
                        .filter(c -> c.base() && !c.entry().equals(path(c.name())))
                        .map(ClassFacts::entry)
                        .toList();
        if (!misplaced.isEmpty()) {
            add(Level.WARN, "misplaced-class", "has classes at odd places: " + some(misplaced));
        }
    }

    private void broken(List<String> entries) {
        if (!entries.isEmpty()) {
            add(Level.ERROR, "broken-class", "has broken class files: " + some(entries));
        }
    }

    private static String path(String className) {
        return className.replace('.', '/') + ".class";
    }

    private static String some(List<String> names) {
        List<String> first = names.subList(0, Math.min(3, names.size()));
        int more = names.size() - first.size();
        return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
    }

    private void add(Level level, String rule, String text) {
        findings.add(new Finding(jar, level, rule, text));
    }
}
