package io.tailrace.desktop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tailrace.desktop.logs.LogsModel;
import io.tailrace.desktop.state.GatewayProfile;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What the log pane keeps from start to start: bookmarks and saved filters in {@code logs.json},
 * the lines of each gateway in a folder of their own. FX thread.
 */
final class LogNotes {

    private static final int MAX_BYTES = 4 << 20;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final Path lines;
    private boolean kept;

    /**
     * Reads and writes nothing yet.
     *
     * @param config the folder of settings
     * @param state the folder of what can be had again
     */
    LogNotes(Path config, Path state) {
        file = config.resolve("logs.json");
        lines = state.resolve("lines");
    }

    /**
     * A log with what an earlier console kept.
     *
     * @param keep whether lines, bookmarks and filters are to be kept for the next one
     */
    LogsModel logs(URI gateway, boolean keep) {
        kept = keep;
        if (!keep) {
            return new LogsModel();
        }
        LogsModel logs = LogsModel.keptIn(lines.resolve(GatewayProfile.folderName(gateway)));
        try {
            if (Files.exists(file) && Files.size(file) <= MAX_BYTES) {
                JsonNode root = JSON.readTree(Files.readAllBytes(file));
                logs.notes().bookmarks().restore(root.path("bookmarks"));
                logs.notes().filters().restore(root.path("filters"));
            }
        } catch (IOException e) {
            // a file that nobody can read: begin afresh
        }
        return logs;
    }

    /** Keeps bookmarks and filters; the file is replaced in one step. */
    void save(LogsModel logs) {
        if (!kept) {
            return;
        }
        ObjectNode root = JSON.createObjectNode();
        root.set("bookmarks", logs.notes().bookmarks().json());
        root.set("filters", logs.notes().filters().json());
        Path fresh = file.resolveSibling("logs.json.new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(fresh, JSON.writeValueAsBytes(root));
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // the former file is unharmed; there is nobody left to tell
        }
    }
}
