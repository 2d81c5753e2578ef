package io.tailrace.model;

/**
 * The evidence for a statement of an answer: an entry that the reader can open.
 *
 * @param channel where the entry is
 * @param cursor which entry it is
 * @param label a few words to show on the link
 */
public record Citation(Channel channel, Cursor cursor, String label) {}
