package io.tailrace.desktop.state;

import java.net.URI;

/**
 * How the window was left.
 *
 * @param size of the window
 * @param panes how the window is divided
 * @param look colours and letters
 * @param gateway the gateway's address
 * @param seenUpTo the cursor up to which alerts were acknowledged; empty before the first time
 */
public record WindowState(Size size, Panes panes, Look look, URI gateway, String seenUpTo) {

    /** How a first start looks. */
    public static final WindowState FIRST =
            new WindowState(
                    new Size(1440, 900, false),
                    new Panes(248, 372, 318, 300),
                    new Look("system", 13),
                    URI.create("http://127.0.0.1:8787"),
                    "");

    /**
     * How large a window is. Every number is brought into its range, here and below, so that a bad
     * file can never make a bad window.
     *
     * @param width in pixels
     * @param height in pixels
     * @param maximized whether it filled the screen
     */
    public record Size(double width, double height, boolean maximized) {
        /** Within its range. */
        public Size {
            width = within(width, 640, 16_000);
            height = within(height, 400, 16_000);
        }
    }

    /**
     * How it is divided, in pixels.
     *
     * @param runsWidth of the left column
     * @param sideWidth of the right column
     * @param topHeight of the timeline above the log
     * @param sideTopHeight of metrics and alerts above the chat
     */
    public record Panes(
            double runsWidth, double sideWidth, double topHeight, double sideTopHeight) {
        /** Within its range. */
        public Panes {
            runsWidth = within(runsWidth, 120, 2000);
            sideWidth = within(sideWidth, 160, 3000);
            topHeight = within(topHeight, 80, 8000);
            sideTopHeight = within(sideTopHeight, 80, 8000);
        }
    }

    /**
     * How it looks.
     *
     * @param theme {@code dark}, {@code light} or {@code system}
     * @param fontSize of interface text, in pixels
     */
    public record Look(String theme, double fontSize) {
        /** Within its range. */
        public Look {
            fontSize = within(fontSize, 9, 24);
        }
    }

    /** The same with another gateway. */
    public WindowState withGateway(URI address) {
        return new WindowState(size, panes, look, address, seenUpTo);
    }

    /** The same with other sizes of the panes. */
    public WindowState withPanes(Panes others) {
        return new WindowState(size, others, look, gateway, seenUpTo);
    }

    /** The same with another window. */
    public WindowState withSize(Size other) {
        return new WindowState(other, panes, look, gateway, seenUpTo);
    }

    /** The same with another look. */
    public WindowState withLook(Look other) {
        return new WindowState(size, panes, other, gateway, seenUpTo);
    }

    /** The same with later alerts acknowledged. */
    public WindowState withSeenUpTo(String cursor) {
        return new WindowState(size, panes, look, gateway, cursor);
    }

    private static double within(double value, double least, double most) {
        return Double.isNaN(value) ? least : Math.clamp(value, least, most);
    }
}
