package io.tailrace.desktop.shell;

/**
 * Something that a search found.
 *
 * @param title what it is called, and of what it is
 * @param kind what kind of thing it is, in a word
 * @param open shows it
 */
public record Found(String title, String kind, Runnable open) {}
