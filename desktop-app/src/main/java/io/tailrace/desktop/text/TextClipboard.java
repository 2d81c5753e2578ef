package io.tailrace.desktop.text;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Where copied text goes; tests keep it. FX thread. */
public interface TextClipboard {

    /** Puts a text there. */
    void put(String text);

    /** The text that was copied last, here or elsewhere; empty when there is none. */
    default String text() {
        return "";
    }

    /** The operating system's. */
    static TextClipboard system() {
        return new TextClipboard() {
            @Override
            public void put(String text) {
                ClipboardContent content = new ClipboardContent();
                content.putString(text);
                Clipboard.getSystemClipboard().setContent(content);
            }

            @Override
            public String text() {
                String text = Clipboard.getSystemClipboard().getString();
                return text == null ? "" : text;
            }
        };
    }
}
