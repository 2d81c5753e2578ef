package io.tailrace.desktop.shell;

import javafx.geometry.Insets;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.StrokeLineCap;

/** The mark: two waves of the water that leaves a mill. */
public final class Logo {

    private static final String UPPER = "M0 4 C3 0.5 5 0.5 8 4 S13 7.5 16 4";
    private static final String LOWER = "M0 9.5 C3 6 5 6 8 9.5 S13 13 16 9.5";

    private Logo() {}

    /** The mark in the theme's colour, 16 px wide. */
    static Node mark() {
        Group group = new Group();
        for (String path : new String[] {UPPER, LOWER}) {
            SVGPath wave = new SVGPath();
            wave.setContent(path);
            wave.getStyleClass().add("logo");
            group.getChildren().add(wave);
        }
        return group;
    }

    /** The window's icon, drawn here so that no picture has to be shipped. */
    public static Image icon() {
        Group group = new Group();
        for (String path : new String[] {UPPER, LOWER}) {
            SVGPath wave = new SVGPath();
            wave.setContent(path);
            wave.setFill(Color.TRANSPARENT);
            wave.setStroke(Color.web("#58a6ff"));
            wave.setStrokeWidth(2);
            wave.setStrokeLineCap(StrokeLineCap.ROUND);
            group.getChildren().add(wave);
        }
        group.setScaleX(2.6);
        group.setScaleY(2.6);
        StackPane square = new StackPane(group);
        square.setPadding(new Insets(8));
        square.setStyle("-fx-background-color: #0d1117; -fx-background-radius: 12;");
        Scene scene = new Scene(square, 64, 64, Color.TRANSPARENT);
        return scene.snapshot(null);
    }
}
