package io.tailrace.desktop.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.tailrace.model.Cursor;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The file that {@link WindowState} is kept in. Reading never fails: what is missing or wrong takes
 * its first value. Writing replaces the file in one step, so that a crash leaves the old one.
 */
public final class StateFile {

    private static final int MAX_BYTES = 64 * 1024;

    private final JsonFile file;

    /** The state kept at a place of the caller's choice. */
    public StateFile(Path path) {
        this(path, _ -> {});
    }

    /**
     * The state kept at a place of the caller's choice.
     *
     * @param told what people should know, such as that a file was broken
     */
    public StateFile(Path path, Consumer<String> told) {
        file = new JsonFile(path, MAX_BYTES, told);
    }

    /** The state kept where this system keeps a user's settings. */
    public static StateFile ofUser(Consumer<String> told) {
        return new StateFile(configFolder().resolve("console.json"), told);
    }

    /** Where this system keeps the console's settings. */
    public static Path configFolder() {
        return UserFolders.here().config();
    }

    /** Where this system keeps the console's log files. */
    public static Path logFolder() {
        return UserFolders.here().logs();
    }

    /** Where this system keeps what was received of a gateway, and how it was looked at. */
    public static Path gatewaysFolder() {
        return UserFolders.here().cache().resolve("gateways");
    }

    /** Reads the state; never fails. */
    public WindowState load() {
        return file.read().map(StateFile::read).orElse(WindowState.FIRST);
    }

    /**
     * Writes the state.
     *
     * @throws IOException when it cannot be written; the former file is unharmed
     */
    public void save(WindowState state) throws IOException {
        file.write(node(state));
    }

    private static WindowState read(JsonNode root) {
        WindowState first = WindowState.FIRST;
        return new WindowState(
                root.path("width").asDouble(first.width()),
                root.path("height").asDouble(first.height()),
                root.path("maximized").asBoolean(first.maximized()),
                root.path("runsWidth").asDouble(first.runsWidth()),
                root.path("sideWidth").asDouble(first.sideWidth()),
                root.path("topHeight").asDouble(first.topHeight()),
                root.path("sideTopHeight").asDouble(first.sideTopHeight()),
                root.path("theme").asText(first.theme()),
                root.path("fontSize").asDouble(first.fontSize()),
                uri(root.path("gateway").asText(""), first.gateway()),
                cursor(root.path("seenUpTo").asText("")));
    }

    private static URI uri(String text, URI otherwise) {
        try {
            URI uri = URI.create(text);
            return uri.getHost() == null ? otherwise : uri;
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }

    private static String cursor(String text) {
        try {
            return text.isEmpty() ? text : Cursor.parse(text).toString();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static ObjectNode node(WindowState state) {
        ObjectNode root = JsonFile.object();
        root.put("width", state.width());
        root.put("height", state.height());
        root.put("maximized", state.maximized());
        root.put("runsWidth", state.runsWidth());
        root.put("sideWidth", state.sideWidth());
        root.put("topHeight", state.topHeight());
        root.put("sideTopHeight", state.sideTopHeight());
        root.put("theme", state.theme());
        root.put("fontSize", state.fontSize());
        root.put("gateway", state.gateway().toString());
        root.put("seenUpTo", state.seenUpTo());
        return root;
    }
}
