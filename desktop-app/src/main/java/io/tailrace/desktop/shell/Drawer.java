package io.tailrace.desktop.shell;

import javafx.beans.value.ObservableValue;
import javafx.scene.layout.Region;

/**
 * A pane that floats over the window when it is asked for.
 *
 * @param pane what floats
 * @param badge how much is in it, such as {@code 3 dead letters}; empty when nothing is
 * @param opened called when it is opened
 */
public record Drawer(Region pane, ObservableValue<String> badge, Runnable opened) {}
