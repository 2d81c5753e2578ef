package io.tailrace.desktop.walk;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The class path in jars only, as a cache of what a start loads requires it. */
final class StartCache {

    private StartCache() {}

    /** The options that set this process's class path, folders of classes as jars. */
    static List<String> jars(Path folder) {
        String[] parts = System.getProperty("java.class.path").split(File.pathSeparator);
        String path =
                Stream.of(parts)
                        .map(Path::of)
                        .map(part -> Files.isDirectory(part) ? jar(part, folder) : part)
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator));
        return List.of("-cp", path);
    }

    private static Path jar(Path classes, Path folder) {
        try {
            Path jar = Files.createTempFile(folder, "classes", ".jar");
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream out = new JarOutputStream(file);
                    Stream<Path> all = Files.walk(classes)) {
                for (Path one : all.filter(Files::isRegularFile).toList()) {
                    out.putNextEntry(new JarEntry(classes.relativize(one).toString()));
                    Files.copy(one, out);
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
