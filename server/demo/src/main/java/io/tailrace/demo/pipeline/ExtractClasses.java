package io.tailrace.demo.pipeline;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Parses every class file of every jar, and checks it against the zip's own checksum. */
final class ExtractClasses implements Task {

    static final String NAME = "extract_classes";

    private static final Logger LOG = LoggerFactory.getLogger("demo.ExtractClasses");
    private static final int LARGEST = 16 * 1024 * 1024; // no real class file comes near

    private final Dataset data;
    private final Pace pace;

    ExtractClasses(Dataset data, Pace pace) {
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
                "What a class file's version means",
                "Bytes 6 and 7 of a class file say which Java it needs at least: 52 is Java 8, 61"
                        + " is Java 17, 69 is Java 25. An older Java refuses the class with"
                        + " `UnsupportedClassVersionError`, and only when it is first used.");
    }

    @Override
    public long run(TaskContext context) throws Exception {
        context.forEach(
                data.jars,
                2,
                pace,
                jar -> {
                    List<ClassFacts> classes = read(jar, context);
                    data.classes.put(jar, classes);
                    long bytes = classes.stream().mapToLong(ClassFacts::bytes).sum();
                    context.meter().count(classes.size(), 1, bytes);
                    context.advance(1, classes.size(), jar.fileName());
                });
        return data.classCount();
    }

    private List<ClassFacts> read(Jar jar, TaskContext context) throws InterruptedException {
        List<ClassFacts> classes = new ArrayList<>();
        List<String> broken = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.path().toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".class") && !entry.isDirectory()) {
                    context.gate().pass();
                    read(zip, entry, classes, broken);
                }
            }
            LOG.debug("{}: {} classes", jar.fileName(), classes.size());
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("{} has no classes that can be read: {}", jar.name(), e.getMessage());
        }
        if (!broken.isEmpty()) {
            data.brokenClasses.put(jar, broken);
        }
        return classes;
    }

    private static void read(
            ZipFile zip, ZipEntry entry, List<ClassFacts> classes, List<String> broken) {
        try {
            classes.add(facts(entry.getName(), bytes(zip, entry)));
        } catch (IOException | RuntimeException e) {
            // whatever a parser throws on bad bytes: that is what this step is looking for
            broken.add(entry.getName() + " (" + e.getMessage() + ")");
        }
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(LARGEST);
            CRC32 crc = new CRC32();
            crc.update(bytes);
            if (entry.getCrc() >= 0 && crc.getValue() != entry.getCrc()) {
                throw new ZipException("its checksum is wrong");
            }
            return bytes;
        }
    }

    private static ClassFacts facts(String entry, byte[] bytes) {
        ClassModel model = ClassFile.of().parse(bytes);
        int texts = 0;
        for (PoolEntry constant : model.constantPool()) {
            if (constant instanceof StringEntry) {
                texts++;
            }
        }
        String name = model.thisClass().asInternalName().replace('/', '.');
        int methods = model.methods().size();
        return new ClassFacts(entry, name, model.majorVersion(), bytes.length, methods, texts);
    }
}
