/**
 * What the panes that paint by themselves share: a region that paints once per pulse at most, and a
 * measure for text. FX thread only; needs the toolkit.
 */
package io.tailrace.desktop.paint;
