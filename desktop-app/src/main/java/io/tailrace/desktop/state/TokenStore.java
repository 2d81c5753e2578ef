package io.tailrace.desktop.state;

import static io.tailrace.desktop.text.Texts.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps tokens, one for each gateway, in a file that only its owner can read. The tokens are not
 * encrypted. Thread-safe.
 */
public final class TokenStore implements Tokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<PosixFilePermission> OWNER =
            PosixFilePermissions.fromString("rw-------");

    private final Path file;

    /** A store in that file, which need not exist yet. */
    public TokenStore(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** The store in the user's own configuration folder. */
    public static TokenStore ofUser() {
        return new TokenStore(UserFolders.here().config().resolve("tokens.json"));
    }

    /** Where the tokens are kept. */
    public Path file() {
        return file;
    }

    @Override
    public synchronized Optional<String> find(URI gateway) {
        String token = read().path(gateway.toString()).asText("");
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    @Override
    public String place() {
        return text("state.token.file", file);
    }

    @Override
    public synchronized void keep(URI gateway, String token) throws IOException {
        ObjectNode tokens = read();
        tokens.put(gateway.toString(), token);
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        // its permissions are right before the first byte is in it
        Path fresh = ownersOnly(file.resolveSibling(file.getFileName() + ".new"));
        Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(tokens));
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private ObjectNode read() {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            return root instanceof ObjectNode object ? object : JSON.createObjectNode();
        } catch (IOException e) {
            return JSON.createObjectNode(); // a first start, or a file that nobody can read
        }
    }

    private static Path ownersOnly(Path path) throws IOException {
        Files.deleteIfExists(path);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            FileAttribute<Set<PosixFilePermission>> owner =
                    PosixFilePermissions.asFileAttribute(OWNER);
            return Files.createFile(path, owner);
        }
        Files.createFile(path);
        File plain = path.toFile();
        boolean closed = plain.setReadable(false, false) && plain.setReadable(true, true);
        if (!closed && !windows()) {
            Files.delete(path);
            throw new FileSystemException(path.toString(), null, text("state.token.open"));
        }
        return path;
    }

    /** There the folder itself is the user's own. */
    private static boolean windows() {
        return File.separatorChar == '\\';
    }
}
