package io.tailrace.desktop.theme;

import javafx.scene.text.Font;

/** The bundled fonts. */
public final class Fonts {

    private static final String MONO = load("JetBrainsMono-Regular.ttf");
    private static final String INTERFACE = load("Inter-Regular.otf");

    static {
        load("Inter-SemiBold.otf");
    }

    private Fonts() {}

    /** For log lines and code. */
    public static Font mono(double size) {
        return Font.font(MONO, size);
    }

    /** For everything else. */
    public static Font text(double size) {
        return Font.font(INTERFACE, size);
    }

    /** The family of the interface font, for style sheets. */
    public static String family() {
        return INTERFACE;
    }

    private static String load(String file) {
        var url = Fonts.class.getResource(file);
        Font font = url == null ? null : Font.loadFont(url.toExternalForm(), 13);
        return font == null ? "System" : font.getFamily();
    }
}
