/**
 * What every pane with a time axis shares: where people point and which span they chose. Panes set
 * and follow it; they do not know each other. FX thread only; needs no toolkit.
 */
package io.tailrace.desktop.time;
