/**
 * Measured values over time. Entries and the console's own figures enter, charts come out. FX
 * thread only; the model needs no toolkit.
 */
package io.tailrace.desktop.metrics;
