package io.tailrace.desktop.theme;

import javafx.scene.paint.Color;

/**
 * The colours that canvases paint with; controls take the same ones from the style sheets.
 *
 * @param background behind everything
 * @param raised one step above it
 * @param line 1 px lines between surfaces
 * @param text what is read
 * @param muted what is secondary, past or waiting
 * @param accent what runs or is chosen
 * @param ok what is done
 * @param warn what needs attention
 * @param error what failed
 * @param selection behind selected text and rows
 */
public record Palette(
        Color background,
        Color raised,
        Color line,
        Color text,
        Color muted,
        Color accent,
        Color ok,
        Color warn,
        Color error,
        Color selection) {

    /** Light on dark. */
    public static final Palette DARK =
            of(
                    "#0d1117", "#161b22", "#21262d", "#e6edf3", "#8b949e", "#58a6ff", "#3fb950",
                    "#d29922", "#f85149");

    /** Dark on light. */
    public static final Palette LIGHT =
            of(
                    "#ffffff", "#f6f8fa", "#d8dee4", "#1f2328", "#656d76", "#0969da", "#1a7f37",
                    "#9a6700", "#d1242f");

    /** Light on black, with nothing that is hard to see. */
    public static final Palette DARK_CONTRAST =
            of(
                    "#000000", "#0a0c10", "#7a828e", "#ffffff", "#d0d7de", "#79c0ff", "#56d364",
                    "#e3b341", "#ff9492");

    /** Black on white, with nothing that is hard to see. */
    public static final Palette LIGHT_CONTRAST =
            of(
                    "#ffffff", "#ffffff", "#59636e", "#000000", "#32383f", "#0349b4", "#055d20",
                    "#744500", "#a0111f");

    private static Palette of(
            String background,
            String raised,
            String line,
            String text,
            String muted,
            String accent,
            String ok,
            String warn,
            String error) {
        return new Palette(
                Color.web(background),
                Color.web(raised),
                Color.web(line),
                Color.web(text),
                Color.web(muted),
                Color.web(accent),
                Color.web(ok),
                Color.web(warn),
                Color.web(error),
                Color.web(accent, 0.2));
    }
}
