package io.tailrace.desktop.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;

import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;

import java.util.List;
import java.util.Objects;

/**
 * How everything looks: the style sheets of controls, the palette of canvases, the size of text. FX
 * thread only; needs the toolkit.
 */
public final class Theme {

    /** What somebody may choose. */
    public enum Choice {
        DARK,
        LIGHT,
        /** What the desktop around the console says. */
        SYSTEM
    }

    /** The size of interface text at first, in pixels. */
    public static final double NORMAL_SIZE = 13;

    private static final double SMALLEST = 9;
    private static final double LARGEST = 24;

    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
    private final BooleanProperty contrast = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<Palette> palette =
            new ReadOnlyObjectWrapper<>(Palette.DARK);
    private final ReadOnlyDoubleWrapper fontSize = new ReadOnlyDoubleWrapper(NORMAL_SIZE);

    /**
     * Applies a choice.
     *
     * @param fontSize the size of interface text in pixels; unreasonable sizes are corrected
     */
    public Theme(Choice choice, double fontSize) {
        this.choice.set(choice);
        this.fontSize.set(Math.clamp(fontSize, SMALLEST, LARGEST));
        this.choice.subscribe(_ -> apply());
        this.contrast.subscribe(_ -> apply());
        Platform.getPreferences().colorSchemeProperty().subscribe(_ -> apply());
    }

    /** Gives a scene the sheets, the fonts and the size, now and whenever they change. */
    public void style(Scene scene) {
        palette.subscribe(_ -> scene.getStylesheets().setAll(sheets()));
        fontSize.subscribe(_ -> size(scene));
        scene.rootProperty().subscribe(_ -> size(scene));
    }

    private void size(Scene scene) {
        scene.getRoot()
                .setStyle(
                        "-fx-font-family: \"%s\"; -fx-font-size: %spx;"
                                .formatted(Fonts.family(), fontSize.get()));
    }

    /** Dark becomes light and light becomes dark. */
    public void toggle() {
        choice.set(dark() ? Choice.LIGHT : Choice.DARK);
    }

    /** Whether nothing may be hard to see, be it dark or light. */
    public BooleanProperty contrast() {
        return contrast;
    }

    /** Makes text larger by one pixel. */
    public void larger() {
        fontSize.set(Math.min(LARGEST, fontSize.get() + 1));
    }

    /** Makes text smaller by one pixel. */
    public void smaller() {
        fontSize.set(Math.max(SMALLEST, fontSize.get() - 1));
    }

    /** Makes text as large as at first. */
    public void normalSize() {
        fontSize.set(NORMAL_SIZE);
    }

    /** What was chosen. */
    public ObjectProperty<Choice> choice() {
        return choice;
    }

    /** The colours that canvases paint with. */
    public ReadOnlyObjectProperty<Palette> palette() {
        return palette.getReadOnlyProperty();
    }

    /** The size of interface text, in pixels. */
    public ReadOnlyDoubleProperty fontSize() {
        return fontSize.getReadOnlyProperty();
    }

    /** Whether the dark palette is shown. */
    public boolean dark() {
        return palette.get().equals(Palette.DARK) || palette.get().equals(Palette.DARK_CONTRAST);
    }

    private void apply() {
        boolean dark =
                switch (choice.get()) {
                    case DARK -> true;
                    case LIGHT -> false;
                    case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
                };
        Application.setUserAgentStylesheet(
                (dark ? new PrimerDark() : new PrimerLight()).getUserAgentStylesheet());
        palette.set(
                contrast.get()
                        ? dark ? Palette.DARK_CONTRAST : Palette.LIGHT_CONTRAST
                        : dark ? Palette.DARK : Palette.LIGHT);
    }

    private List<String> sheets() {
        String colours = sheet(dark() ? "dark.css" : "light.css");
        return contrast.get()
                ? List.of(
                        colours,
                        sheet(dark() ? "dark-contrast.css" : "light-contrast.css"),
                        sheet("tailrace.css"))
                : List.of(colours, sheet("tailrace.css"));
    }

    private static String sheet(String file) {
        return Objects.requireNonNull(Theme.class.getResource(file)).toExternalForm();
    }
}
