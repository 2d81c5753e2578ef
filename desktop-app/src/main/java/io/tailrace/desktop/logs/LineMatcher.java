package io.tailrace.desktop.logs;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;

/** Finds the lines of a chunk that a query matches, in ascending order. One thread. */
sealed interface LineMatcher {

    /**
     * Tells every matching line by its index in the segment.
     *
     * @throws java.util.concurrent.CancellationException when it was told to stop
     */
    void scan(SearchChunk chunk, IntConsumer found);

    /** Whether one line of a chunk matches. */
    boolean matches(SearchChunk chunk, int line);

    /**
     * The matcher for a query that has no problem.
     *
     * @param stop asked now and then
     */
    static LineMatcher of(FindQuery query, BooleanSupplier stop) {
        boolean literal = !query.regex() && (query.matchCase() || query.ascii());
        return literal ? new Literal(query) : new Regex(query, stop);
    }

    /** Looks for the bytes of the text. */
    final class Literal implements LineMatcher {

        private final ByteFinder finder;

        private Literal(FindQuery query) {
            finder = new ByteFinder(query.text(), query.matchCase());
        }

        @Override
        public void scan(SearchChunk chunk, IntConsumer found) {
            int at = finder.next(chunk, 0, chunk.length());
            while (at >= 0) {
                int line = chunk.lineAt(at);
                if (at + finder.length() <= chunk.textEnd(line)) {
                    found.accept(line);
                }
                at = finder.next(chunk, chunk.next(line), chunk.length());
            }
        }

        @Override
        public boolean matches(SearchChunk chunk, int line) {
            return finder.next(chunk, chunk.start(line), chunk.textEnd(line)) >= 0;
        }
    }

    /** Runs the expression on the lines that contain the rarest text that it requires. */
    final class Regex implements LineMatcher {

        private static final int CHUNKS = 64; // between two looks at what is rare
        private static final int COUNTED = 100;

        private final Matcher matcher;
        private final List<ByteFinder> required;
        private final BooleanSupplier stop;
        private @Nullable ByteFinder rarest;
        private int chunks;

        private Regex(FindQuery query, BooleanSupplier stop) {
            this.stop = stop;
            matcher = query.pattern().matcher("");
            required =
                    RequiredLiteral.all(query).stream()
                            .map(text -> new ByteFinder(text, query.matchCase()))
                            .toList();
        }

        @Override
        public void scan(SearchChunk chunk, IntConsumer found) {
            if (chunks++ % CHUNKS == 0) {
                rarest = rarest(chunk);
            }
            ByteFinder finder = rarest;
            if (finder == null) {
                for (int line = chunk.from(); line < chunk.to(); line++) {
                    tell(chunk, line, found);
                }
                return;
            }
            int at = finder.next(chunk, 0, chunk.length());
            while (at >= 0) {
                int line = chunk.lineAt(at);
                tell(chunk, line, found);
                at = finder.next(chunk, chunk.next(line), chunk.length());
            }
        }

        private void tell(SearchChunk chunk, int line, IntConsumer found) {
            if (matches(chunk, line)) {
                found.accept(line);
            }
        }

        /**
         * The required text that is there the least often, of those that are as often the longest;
         * null when none is required.
         */
        private @Nullable ByteFinder rarest(SearchChunk chunk) {
            ByteFinder best = null;
            int fewest = Integer.MAX_VALUE;
            for (ByteFinder one : required) {
                int count = 0;
                for (int at = one.next(chunk, 0, chunk.length());
                        at >= 0 && count < COUNTED;
                        at = one.next(chunk, at + 1, chunk.length())) {
                    count++;
                }
                boolean longer = best == null || one.length() > best.length();
                if (count < fewest || (count == fewest && longer)) {
                    fewest = count;
                    best = one;
                }
            }
            return best;
        }

        @Override
        public boolean matches(SearchChunk chunk, int line) {
            String text = chunk.text(chunk.start(line), chunk.textEnd(line));
            return matcher.reset(new CancellableText(text, stop)).find();
        }
    }
}
