package io.tailrace.desktop.paint;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** How wide painted text is. One per painter. */
public final class TextMeter {

    private static final String ELLIPSIS = "…";

    private final Text text = new Text();

    /** The width in pixels. */
    public double width(String words, Font font) {
        text.setFont(font);
        text.setText(words);
        return text.getLayoutBounds().getWidth();
    }

    /** The words, cut to a width; an ellipsis says that they were cut. */
    public String fitted(String words, Font font, double width) {
        if (words.length() * font.getSize() < width || width(words, font) <= width) {
            return words;
        }
        int low = 0;
        int high = words.length();
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (width(words.substring(0, middle) + ELLIPSIS, font) <= width) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low == 0 ? "" : words.substring(0, low).stripTrailing() + ELLIPSIS;
    }
}
