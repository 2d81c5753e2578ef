package io.tailrace.desktop.logs;

import io.tailrace.desktop.theme.Fonts;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** Where the columns stand, in pixels: a grid of character cells in rows of one height. */
final class LogsGrid {

    private static final double TEXT = 12.0 / 13; // of the size of interface text
    private static final double ROW = 20.0 / 13; // of the same

    private static final double PADDING = 14;
    private static final int TIME = 12;
    private static final int LEVEL = 5;
    private static final int SOURCE = 12;
    private static final double NARROW = 89; // characters

    // Set by size, for the size of text.
    private Font font = Font.getDefault();
    private double cell;
    private double row;
    private double baseline;

    // Set by fit, for the size and the numbers of the moment.
    private double width;
    private int digits = 5;

    LogsGrid(double interfaceSize) {
        size(interfaceSize);
    }

    /** Takes the size of interface text, in pixels: rows, columns and gutter follow it. */
    void size(double interfaceSize) {
        font = Fonts.mono(Math.round(interfaceSize * TEXT * 2) / 2.0);
        row = Math.round(interfaceSize * ROW);
        Text sample = new Text("0".repeat(100));
        sample.setFont(font);
        cell = sample.getLayoutBounds().getWidth() / 100;
        Text capital = new Text("H");
        capital.setFont(font);
        double ascent = capital.getBaselineOffset();
        double height = capital.getLayoutBounds().getHeight();
        baseline = Math.round((row - height) / 2 + ascent);
    }

    /** Takes a width and the greatest number that has to fit its column. */
    void fit(double newWidth, long greatest) {
        width = newWidth;
        digits = Math.max(5, "%,d".formatted(greatest).length());
    }

    Font font() {
        return font;
    }

    /** The height of a row. */
    double row() {
        return row;
    }

    /** The width of a character. */
    double cell() {
        return cell;
    }

    /** From a row's upper edge to the line its letters stand on. */
    double baseline() {
        return baseline;
    }

    double number() {
        return PADDING;
    }

    int digits() {
        return digits;
    }

    double time() {
        return number() + (digits + 2) * cell;
    }

    double level() {
        return time() + (TIME + 2) * cell;
    }

    double source() {
        return level() + (LEVEL + 2) * cell;
    }

    /** How many characters of the source are shown; none where there is little room. */
    int sourceCells() {
        return width < NARROW * cell ? 0 : SOURCE;
    }

    /** Where entries of several lines have a sign. */
    double fold() {
        return message() - 1.6 * cell;
    }

    double message() {
        return source() + (sourceCells() == 0 ? 0 : (SOURCE + 2) * cell);
    }

    /** How many characters of the message fit. */
    int messageCells() {
        return (int) Math.max(1, (width - message() - PADDING / 2) / cell);
    }
}
