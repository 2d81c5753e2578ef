package io.tailrace.model;

/**
 * An event as a reader gets it: after it was stored.
 *
 * @param cursor its place in the log
 * @param event what was published
 */
public record Entry(Cursor cursor, Event event) {}
