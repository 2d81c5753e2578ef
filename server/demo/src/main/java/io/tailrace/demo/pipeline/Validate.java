package io.tailrace.demo.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import java.util.ArrayList;
import java.util.List;

/** Checks what was extracted; in a strict run, a quality gate may stop it. */
final class Validate implements Task {

    static final String NAME = "validate";

    private static final Logger LOG = LoggerFactory.getLogger("demo.Validate");

    private static final long TOLERATED_PERCENT = 5;

    private final Dataset data;
    private final boolean strict;

    Validate(Dataset data, boolean strict) {
        this.data = data;
        this.strict = strict;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of(ExtractManifests.NAME, ExtractClasses.NAME, ExtractLicences.NAME);
    }

    @Override
    public Explanation explanation() {
        return new Explanation(
                "Published jars have real defects",
                "A jar is a zip file, and few tools look closely at one: entries that are there"
                        + " twice, versioned classes that no Java will ever load, classes that lie"
                        + " where their name does not say, files that differ from their checksum."
                        + " All findings here are about the jars on this machine.");
    }

    @Override
    public long run(TaskContext context) throws Exception {
        if (strict) {
            LOG.warn(
                    "This run has a quality gate, as every few runs do: a defect stops it, and so"
                            + " do warnings about more than {} % of the jars",
                    TOLERATED_PERCENT);
        }
        context.total(data.jars.size());
        List<Finding> findings = new ArrayList<>();
        for (Jar jar : data.jars) {
            context.gate().pass();
            List<Finding> found = JarRules.findings(jar, data);
            found.forEach(this::log);
            findings.addAll(found);
            context.meter().count(found.size(), 1, 0);
            context.advance(1, found.size(), jar.fileName());
        }
        data.findings = List.copyOf(findings);
        List<Finding> errors = findings.stream().filter(f -> f.level() == Level.ERROR).toList();
        context.run()
                .partial(
                        findings.size(),
                        "%d findings about %d jars, %d of them defects"
                                .formatted(findings.size(), data.jars.size(), errors.size()));
        if (strict) {
            qualityGate(findings, errors);
        }
        return findings.size();
    }

    private void qualityGate(List<Finding> findings, List<Finding> errors) throws DefectException {
        if (!errors.isEmpty()) {
            Finding first = errors.getFirst();
            throw new DefectException(
                    "The quality gate stops this run: %d defects. The first: %s: %s"
                            .formatted(errors.size(), first.jar().name(), first.text()));
        }
        List<Finding> warnings = findings.stream().filter(f -> f.level() == Level.WARN).toList();
        long jars = warnings.stream().map(Finding::jar).distinct().count();
        if (jars * 100 > data.jars.size() * TOLERATED_PERCENT) {
            throw new DefectException(
                    "The quality gate stops this run: %d of %d jars have warnings, %d %% are"
                                    .formatted(jars, data.jars.size(), TOLERATED_PERCENT)
                            + " tolerated. The first: %s: %s"
                                    .formatted(
                                            warnings.getFirst().jar().name(),
                                            warnings.getFirst().text()));
        }
    }

    private void log(Finding finding) {
        LOG.atLevel(finding.level())
                .log("{} {}: {}", finding.rule(), finding.jar().name(), finding.text());
    }

    /** The data are not good enough for this run. */
    static final class DefectException extends Exception {
        private static final long serialVersionUID = 1L;

        DefectException(String message) {
            super(message);
        }
    }
}
