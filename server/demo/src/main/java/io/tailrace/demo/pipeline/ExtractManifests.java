package io.tailrace.demo.pipeline;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Reads each jar's directory and manifest, and computes its checksum. */
final class ExtractManifests implements Task {

    static final String NAME = "extract_manifests";

    private static final Logger LOG = LoggerFactory.getLogger("demo.ExtractManifests");

    private final Dataset data;
    private final Pace pace;

    ExtractManifests(Dataset data, Pace pace) {
        this.data = data;
        this.pace = pace;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> after() {
        return List.of(Discover.NAME);
    }

    @Override
    public Explanation explanation() {
        return new Explanation(
                "What a multi-release jar is",
                "Since Java 9 one jar can hold several versions of a class: those below"
                    + " `META-INF/versions/17` replace the others on Java 17 and newer. That only"
                    + " works when the manifest says `Multi-Release: true`. Without it, they are"
                    + " dead weight.");
    }

    @Override
    public long run(TaskContext context) throws Exception {
        context.forEach(
                data.jars,
                1,
                pace,
                jar -> {
                    JarFacts facts = read(jar, context);
                    data.facts.put(jar, facts);
                    context.meter().count(1, 1, jar.size());
                    context.advance(1, 1, jar.fileName());
                });
        return data.facts.size();
    }

    private JarFacts read(Jar jar, TaskContext context) throws InterruptedException, IOException {
        String sha1 = sha1(jar, context);
        String wanted = wantedSha1(jar.path());
        try (JarFile zip = new JarFile(jar.path().toFile(), false)) {
            JarFacts facts = facts(zip, sha1, wanted);
            LOG.debug("{}: {} entries, module {}", jar.fileName(), zip.size(), facts.moduleName());
            return facts;
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} cannot be read", jar.name(), e);
            return JarFacts.unreadable(String.valueOf(e.getMessage()), sha1, wanted);
        }
    }

    private static JarFacts facts(JarFile zip, String sha1, @Nullable String wanted)
            throws IOException {
        Set<String> seen = new HashSet<>();
        List<String> names = zip.stream().map(ZipEntry::getName).toList();
        List<String> duplicates = names.stream().filter(n -> !seen.add(n)).toList();
        Manifest manifest = zip.getManifest();
        Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
        String module = main.getValue("Automatic-Module-Name");
        if (module == null && names.stream().anyMatch(n -> n.endsWith("module-info.class"))) {
            module = "by its descriptor";
        }
        int versioned =
                (int)
                        names.stream()
                                .filter(n ->
                                        n.startsWith("META-INF/versions/") && n.endsWith(".class"))
                                .count();
        return new JarFacts(
                null,
                sha1,
                wanted,
                manifest != null,
                module,
                "true".equalsIgnoreCase(main.getValue("Multi-Release")),
                versioned,
                names.stream().filter(n -> n.matches("META-INF/[^/]+\\.SF")).toList(),
                duplicates);
    }

    private static String sha1(Jar jar, TaskContext context)
            throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(jar.path())) {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            byte[] buffer = new byte[256 * 1024];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                context.gate().pass();
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1.", e);
        }
    }

    /** What the checksum file beside the jar says; some hold a file name too. */
    private static @Nullable String wantedSha1(Path jar) {
        Path file = jar.resolveSibling(jar.getFileName() + ".sha1");
        try {
            if (Files.size(file) > 1_000) {
                return null;
            }
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            String first = text.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
            return first.matches("[0-9a-f]{40}") ? first : null;
        } catch (IOException e) {
            return null; // there is none
        }
    }
}
