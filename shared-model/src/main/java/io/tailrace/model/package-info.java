/** What people monitor: events, channels, cursors, and the state of runs folded from events. */
package io.tailrace.model;
