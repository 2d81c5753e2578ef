package io.tailrace.desktop.bench;

import io.tailrace.desktop.ScreenTour;

import javafx.application.Application;

/**
 * Draws every screen of the console into {@code target/screens}: {@code mvn -Pbench -pl desktop-app
 * -am test -Ddesktop.bench=Screens}. With {@code -Dscreens.only=keys} only some.
 */
public final class Screens {

    private Screens() {}

    /** Draws them all. */
    public static void main(String[] args) {
        for (String[] setting :
                new String[][] {
                    {"glass.platform", "Headless"},
                    {"prism.order", "sw"},
                    {"java.awt.headless", "true"}
                }) {
            System.setProperty(setting[0], setting[1]);
        }
        Application.launch(ScreenTour.class, args);
    }
}
