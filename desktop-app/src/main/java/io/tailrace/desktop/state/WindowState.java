package io.tailrace.desktop.state;

import java.net.URI;

/**
 * How the window was left.
 *
 * @param width of the window, in pixels
 * @param height of the window, in pixels
 * @param maximized whether it filled the screen
 * @param runsWidth of the left column, in pixels
 * @param sideWidth of the right column, in pixels
 * @param topHeight of the timeline above the log, in pixels
 * @param sideTopHeight of metrics and alerts above the chat, in pixels
 * @param theme {@code dark}, {@code light} or {@code system}
 * @param fontSize of interface text, in pixels
 * @param gateway the gateway's address
 * @param seenUpTo the cursor up to which alerts were acknowledged; empty before the first time
 */
public record WindowState(
        double width,
        double height,
        boolean maximized,
        double runsWidth,
        double sideWidth,
        double topHeight,
        double sideTopHeight,
        String theme,
        double fontSize,
        URI gateway,
        String seenUpTo) {

    /** How a first start looks. */
    public static final WindowState FIRST =
            new WindowState(
                    1440,
                    900,
                    false,
                    248,
                    372,
                    318,
                    300,
                    "system",
                    13,
                    URI.create("http://127.0.0.1:8787"),
                    "");

    /** Brings every number into its range, so that a bad file can never make a bad window. */
    public WindowState {
        width = within(width, 640, 16_000);
        height = within(height, 400, 16_000);
        runsWidth = within(runsWidth, 120, 2000);
        sideWidth = within(sideWidth, 160, 3000);
        topHeight = within(topHeight, 80, 8000);
        sideTopHeight = within(sideTopHeight, 80, 8000);
        fontSize = within(fontSize, 9, 24);
    }

    /** The same with another gateway. */
    public WindowState withGateway(URI address) {
        return new WindowState(
                width,
                height,
                maximized,
                runsWidth,
                sideWidth,
                topHeight,
                sideTopHeight,
                theme,
                fontSize,
                address,
                seenUpTo);
    }

    /** The same with other sizes of the panes, in pixels. */
    public WindowState withSizes(
            double runsWidth, double sideWidth, double topHeight, double sideTopHeight) {
        return new WindowState(
                width,
                height,
                maximized,
                runsWidth,
                sideWidth,
                topHeight,
                sideTopHeight,
                theme,
                fontSize,
                gateway,
                seenUpTo);
    }

    /** The same with another window. */
    public WindowState withWindow(double width, double height, boolean maximized) {
        return new WindowState(
                width,
                height,
                maximized,
                runsWidth,
                sideWidth,
                topHeight,
                sideTopHeight,
                theme,
                fontSize,
                gateway,
                seenUpTo);
    }

    /** The same with another look. */
    public WindowState withLook(String theme, double fontSize) {
        return new WindowState(
                width,
                height,
                maximized,
                runsWidth,
                sideWidth,
                topHeight,
                sideTopHeight,
                theme,
                fontSize,
                gateway,
                seenUpTo);
    }

    /** The same with later alerts acknowledged. */
    public WindowState withSeenUpTo(String cursor) {
        return new WindowState(
                width,
                height,
                maximized,
                runsWidth,
                sideWidth,
                topHeight,
                sideTopHeight,
                theme,
                fontSize,
                gateway,
                cursor);
    }

    private static double within(double value, double least, double most) {
        return Double.isNaN(value) ? least : Math.clamp(value, least, most);
    }
}
