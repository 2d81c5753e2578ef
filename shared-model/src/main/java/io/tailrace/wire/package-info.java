/**
 * Events as bytes: JSON in and out, server-sent event frames in and out. Thread-safe or confined,
 * as each type says.
 */
package io.tailrace.wire;
