package io.tailrace.desktop.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The file that a {@link ViewState} is kept in. Reading never fails. Thread-safe. */
public final class ViewFile {

    private static final int MAX_BYTES = 4 << 20;

    private final JsonFile file;

    /**
     * A file that need not exist yet.
     *
     * @param told what people should know, such as that it was broken
     */
    public ViewFile(Path path, Consumer<String> told) {
        file = new JsonFile(path, MAX_BYTES, told);
    }

    /** Reads the view; never fails. */
    public ViewState load() {
        return file.read().map(ViewFile::read).orElse(ViewState.FIRST);
    }

    /**
     * Writes the view.
     *
     * @throws IOException when it cannot be written; the former file is unharmed
     */
    public void save(ViewState view) throws IOException {
        file.write(node(view));
    }

    static ViewState read(JsonNode root) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        root.properties()
                .forEach(property -> {
                    List<String> texts = new ArrayList<>();
                    property.getValue().forEach(text -> texts.add(text.asText("")));
                    values.put(property.getKey(), texts);
                });
        return new ViewState(values);
    }

    static ObjectNode node(ViewState view) {
        ObjectNode root = JsonFile.object();
        view.values()
                .forEach((name, texts) -> {
                    ArrayNode list = root.putArray(name);
                    texts.forEach(list::add);
                });
        return root;
    }
}
