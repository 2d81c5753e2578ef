package io.tailrace.demo.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes jars, good and bad ones, below a folder. */
final class SmallRepository {

    private final Path root;

    SmallRepository(Path root) {
        this.root = root;
    }

    /** Class files of that many classes in a package, by entry. */
    static Map<String, byte[]> classes(String packageName, int number) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < number; i++) {
            String name = packageName + ".C" + i;
            entries.put(name.replace('.', '/') + ".class", classFile(name));
        }
        return entries;
    }

    static byte[] classFile(String name) {
        return ClassFile.of()
                .build(ClassDesc.of(name), c -> c.withVersion(ClassFile.JAVA_17_VERSION, 0));
    }

    static Map<String, byte[]> text(String entry, String content) {
        return Map.of(entry, content.getBytes(UTF_8));
    }

    /** A jar of all these entries with a manifest of these lines. */
    @SafeVarargs
    final Path jar(String name, String manifest, Map<String, byte[]>... parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "META-INF/MANIFEST.MF", ("Manifest-Version: 1.0\n" + manifest + "\n"));
            for (Map<String, byte[]> part : parts) {
                for (Map.Entry<String, byte[]> entry : part.entrySet()) {
                    zip.putNextEntry(new ZipEntry(entry.getKey()));
                    zip.write(entry.getValue());
                    zip.closeEntry();
                }
            }
        }
        return file(name, bytes.toByteArray());
    }

    /** A file of any content. */
    Path file(String name, byte[] content) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.write(path, content);
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(UTF_8));
        zip.closeEntry();
    }
}
