package io.tailrace.desktop.state;

import static io.tailrace.desktop.text.Texts.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A small JSON object in a file. It is replaced in one step, so that a crash leaves the former one;
 * what cannot be understood is moved aside, told, and counts as not there. Thread-safe.
 */
final class JsonFile {

    private static final JsonMapper JSON = new JsonMapper();

    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rwx------");

    private final Path path;
    private final int maxBytes;
    private final Consumer<String> told;

    /**
     * The object in that file, which need not exist yet.
     *
     * @param maxBytes larger files are not read
     * @param told what people should know, a sentence
     */
    JsonFile(Path path, int maxBytes, Consumer<String> told) {
        this.path = path.toAbsolutePath();
        this.maxBytes = maxBytes;
        this.told = told;
    }

    Path path() {
        return path;
    }

    /** The object; empty when there is none that can be read. Never fails. */
    synchronized Optional<ObjectNode> read() {
        try {
            if (!Files.isRegularFile(path)) {
                return Optional.empty();
            }
            if (Files.size(path) <= maxBytes
                    && JSON.readTree(Files.readAllBytes(path)) instanceof ObjectNode root) {
                return Optional.of(root);
            }
        } catch (IOException e) {
            // said below
        }
        moveAside();
        return Optional.empty();
    }

    /**
     * Replaces the object.
     *
     * @throws IOException when it cannot be written; the former one is unharmed
     */
    synchronized void write(JsonNode root) throws IOException {
        Path folder = path.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, OWNER);
            }
        }
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
        try {
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, path, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    private void moveAside() {
        Path aside = path.resolveSibling(path.getFileName() + ".broken");
        try {
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
            told.accept(text("state.file.broken", path.getFileName(), aside));
        } catch (IOException e) {
            told.accept(text("state.file.unreadable", path, String.valueOf(e.getMessage())));
        }
    }
}
