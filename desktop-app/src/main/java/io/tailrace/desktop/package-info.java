/**
 * The console put together: options come in, one event router leads everything that was received to
 * its pane. Only this package knows all panes.
 */
package io.tailrace.desktop;
