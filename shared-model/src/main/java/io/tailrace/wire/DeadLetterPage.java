package io.tailrace.wire;

import java.util.List;

/**
 * Some dead letters, oldest first.
 *
 * @param letters those of this page
 * @param next the id after which the next page begins; 0 when this page is empty
 */
public record DeadLetterPage(List<DeadLetter> letters, long next) {

    /** Copies the list. */
    public DeadLetterPage {
        letters = List.copyOf(letters);
    }
}
