/**
 * Runs: which there are, the chosen one over time and as a graph, and what can be asked of it.
 * Entries and snapshots enter the models; choices and commands leave. FX thread only; the models
 * need no toolkit.
 */
package io.tailrace.desktop.workflow;
