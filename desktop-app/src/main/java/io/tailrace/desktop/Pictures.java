package io.tailrace.desktop;

import static io.tailrace.desktop.text.Texts.text;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Draws a scene into a PNG file; needs no window and no screen. */
final class Pictures {

    private Pictures() {}

    /** Lays the scene out and throws the picture away. */
    static void look(Scene scene) {
        layOut(scene.getRoot());
        var _ = scene.snapshot(null);
    }

    /** Without a window the insides of scroll panes are drawn from a cache that nobody renews. */
    private static void layOut(Parent parent) {
        parent.setCache(false);
        parent.requestLayout();
        for (Node child : parent.getChildrenUnmodifiable()) {
            if (child instanceof Parent inner) {
                layOut(inner);
            }
        }
    }

    /**
     * Draws what the scene shows now; on the FX thread.
     *
     * @throws IOException when the file cannot be written
     */
    static void write(Scene scene, Path file) throws IOException {
        layOut(scene.getRoot());
        WritableImage drawn = scene.snapshot(null);
        int width = (int) drawn.getWidth();
        int height = (int) drawn.getHeight();
        int[] pixels = new int[width * height];
        drawn.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, pixels, 0, width);
        if (!ImageIO.write(image, "png", file.toFile())) {
            throw new IOException(text("console.picture.none"));
        }
    }
}
