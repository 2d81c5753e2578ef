package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tailrace.desktop.text.TextClipboard;

import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

/** The further fields of an entry as a tree; from a field its value becomes a filter. FX thread. */
final class FieldTree extends TreeView<FieldTree.Field> {

    private static final int MOST = 2000; // nodes; the text beside the tree has all
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * A node.
     *
     * @param name of the member, or the place in a list
     * @param value empty for what has members itself
     * @param top whether it is a field of the entry, which filters can ask for
     */
    record Field(String name, String value, boolean top) {

        @Override
        public String toString() {
            return value.isEmpty() ? name : name + ": " + value;
        }
    }

    private final LogsModel model;
    private final TextClipboard clipboard;
    private int nodes;

    FieldTree(LogsModel model, TextClipboard clipboard) {
        this.model = model;
        this.clipboard = clipboard;
        getStyleClass().add("logs-fields");
        setShowRoot(false);
        setAccessibleText(text("logs.fields"));
        setContextMenu(
                new ContextMenu(
                        item(text("logs.fields.only"), () -> filter(false)),
                        item(text("logs.fields.without"), () -> filter(true)),
                        item(text("logs.fields.copy"), this::copy)));
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.isShortcutDown() && event.getCode() == KeyCode.C) {
                        copy();
                        event.consume();
                    }
                });
    }

    private static MenuItem item(String text, Runnable action) {
        MenuItem item = new MenuItem(text);
        item.setOnAction(e -> action.run());
        return item;
    }

    private @Nullable Field chosen() {
        TreeItem<Field> item = getSelectionModel().getSelectedItem();
        return item == null ? null : item.getValue();
    }

    private void filter(boolean without) {
        Field field = chosen();
        if (field != null && field.top() && !field.value().isEmpty()) {
            TextCondition condition = TextCondition.field(field.name(), field.value());
            model.show(
                    model.filterProperty().get().with(without ? condition.negated() : condition));
        } else {
            model.acted(text("logs.fields.deep"));
        }
    }

    private void copy() {
        Field field = chosen();
        if (field != null) {
            clipboard.put(field.value().isEmpty() ? field.name() : field.value());
        }
    }

    /** Shows the fields; answers whether there are any. */
    boolean show(String json) {
        TreeItem<Field> root = new TreeItem<>(new Field("", "", false));
        nodes = 0;
        try {
            if (!json.isEmpty()) {
                add(root, JSON.readTree(json), true);
            }
        } catch (JsonProcessingException e) {
            root.getChildren().add(new TreeItem<>(new Field(json, "", false)));
        }
        setRoot(root);
        return !root.getChildren().isEmpty();
    }

    private void add(TreeItem<Field> to, JsonNode node, boolean top) {
        if (node.isObject()) {
            node.properties().forEach(one -> member(to, one.getKey(), one.getValue(), top));
        } else {
            for (int i = 0; i < node.size(); i++) {
                member(to, String.valueOf(i), node.get(i), false);
            }
        }
    }

    private void member(TreeItem<Field> to, String name, JsonNode value, boolean top) {
        if (++nodes > MOST) {
            return;
        }
        String text = value.isValueNode() ? value.asText() : "";
        TreeItem<Field> item = new TreeItem<>(new Field(name, text, top));
        to.getChildren().add(item);
        if (value.isContainerNode()) {
            item.setExpanded(true);
            add(item, value, false);
        }
    }
}
