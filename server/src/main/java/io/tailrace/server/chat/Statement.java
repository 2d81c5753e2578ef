package io.tailrace.server.chat;

import io.tailrace.model.Citation;

import java.util.List;

/** One part of an answer. */
sealed interface Statement {

    /** Markdown. */
    String text();

    /** The entries it rests on. */
    List<Citation> citations();

    /** Something said of runs: it cannot be said without evidence. */
    record Claim(String text, List<Citation> citations) implements Statement {
        /**
         * Checks that there is evidence.
         *
         * @throws IllegalArgumentException without citations
         */
        public Claim {
            citations = List.copyOf(citations);
            if (citations.isEmpty()) {
                throw new IllegalArgumentException("No source, no claim: " + text);
            }
        }
    }

    /** What was looked at without finding anything, or what can be asked: says nothing of runs. */
    record Remark(String text) implements Statement {
        @Override
        public List<Citation> citations() {
            return List.of();
        }
    }
}
