/** How the console looks: style sheets for controls, a palette for canvases. FX thread only. */
package io.tailrace.desktop.theme;
