package io.tailrace.server.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A directory with a file for each letter; a file is there whole or not at all. */
final class FileShelf implements Shelf {

    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.json");

    private final Path directory;

    FileShelf(Path directory) {
        this.directory = directory;
    }

    @Override
    public Map<Long, Integer> sizes() throws IOException {
        Map<Long, Integer> sizes = new HashMap<>();
        if (!Files.isDirectory(directory)) {
            return sizes;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    sizes.put(Long.parseLong(name.group(1)), (int) Files.size(file));
                }
            }
        }
        return sizes;
    }

    @Override
    public void put(long id, byte[] letter) throws IOException {
        Files.createDirectories(directory);
        Path fresh = directory.resolve("new");
        Files.write(fresh, letter);
        Files.move(fresh, file(id), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public Optional<byte[]> get(long id) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file(id)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void remove(long id) throws IOException {
        Files.deleteIfExists(file(id));
    }

    private Path file(long id) {
        return directory.resolve(id + ".json");
    }
}
