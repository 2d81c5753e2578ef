/**
 * The log pane: log entries enter {@link io.tailrace.desktop.logs.LogsModel}, the visible lines
 * leave as pixels. Everything runs on the FX thread except the find worker, which only reads what
 * the store has published.
 */
package io.tailrace.desktop.logs;
