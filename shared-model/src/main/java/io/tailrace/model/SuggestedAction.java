package io.tailrace.model;

/**
 * Something an answer offers to do next.
 *
 * @param label the words on the button
 * @param action what it does: {@code ask}, {@code find} (in the log), {@code command}
 * @param argument the question to ask, the text to find, or the command's verb
 */
public record SuggestedAction(String label, String action, String argument) {}
