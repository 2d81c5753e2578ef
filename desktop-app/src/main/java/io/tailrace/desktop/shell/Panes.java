package io.tailrace.desktop.shell;

import javafx.scene.layout.Region;

/**
 * What the window arranges.
 *
 * @param runs the list of runs
 * @param timeline the chosen run over time
 * @param log the log
 * @param metrics the charts
 * @param alerts what needs a look
 * @param chat questions and answers
 */
public record Panes(
        Region runs, Region timeline, Region log, Region metrics, Region alerts, Region chat) {}
