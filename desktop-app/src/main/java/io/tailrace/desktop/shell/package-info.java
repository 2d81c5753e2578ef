/**
 * The window around the panes: header, columns, status bar, palette, help. It knows no pane by
 * type: the composition root hands them in. FX thread only.
 */
package io.tailrace.desktop.shell;
