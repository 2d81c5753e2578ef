/**
 * What the gateway fetches by itself: each source reads from somewhere, publishes as everybody
 * does, and keeps its position in the same write as the events, so that after whatever ended it, it
 * goes on exactly where it stopped.
 */
@NullMarked
package io.tailrace.server.source;

import org.jspecify.annotations.NullMarked;
