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
        WindowState.Size size = first.size();
        WindowState.Panes panes = first.panes();
        return new WindowState(
                new WindowState.Size(
                        root.path("width").asDouble(size.width()),
                        root.path("height").asDouble(size.height()),
                        root.path("maximized").asBoolean(size.maximized())),
                new WindowState.Panes(
                        root.path("runsWidth").asDouble(panes.runsWidth()),
                        root.path("sideWidth").asDouble(panes.sideWidth()),
                        root.path("topHeight").asDouble(panes.topHeight()),
                        root.path("sideTopHeight").asDouble(panes.sideTopHeight())),
                new WindowState.Look(
                        root.path("theme").asText(first.look().theme()),
                        root.path("fontSize").asDouble(first.look().fontSize())),
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
        root.put("width", state.size().width());
        root.put("height", state.size().height());
        root.put("maximized", state.size().maximized());
        root.put("runsWidth", state.panes().runsWidth());
        root.put("sideWidth", state.panes().sideWidth());
        root.put("topHeight", state.panes().topHeight());
        root.put("sideTopHeight", state.panes().sideTopHeight());
        root.put("theme", state.look().theme());
        root.put("fontSize", state.look().fontSize());
        root.put("gateway", state.gateway().toString());
        root.put("seenUpTo", state.seenUpTo());
        return root;
    }
}
