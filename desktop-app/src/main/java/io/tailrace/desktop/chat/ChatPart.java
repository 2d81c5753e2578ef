package io.tailrace.desktop.chat;

import io.tailrace.model.Citation;

import java.util.List;

/**
 * One statement of an answer.
 *
 * @param number its place in the answer, from 1
 * @param text Markdown
 * @param citations the entries it rests on
 */
public record ChatPart(int number, String text, List<Citation> citations) {

    private static final String PARTIAL = "Partial:";

    /** Copies the list. */
    public ChatPart {
        citations = List.copyOf(citations);
    }

    /** Whether it only says that the answer is partial. */
    boolean saysPartial() {
        return text.startsWith(PARTIAL);
    }
}
