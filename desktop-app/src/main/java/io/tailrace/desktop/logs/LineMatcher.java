package io.tailrace.desktop.logs;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Looks for the bytes of the text. */
    final class Literal implements LineMatcher {

        private final String needle;
        private final boolean matchCase;

        private Literal(FindQuery query) {
            matchCase = query.matchCase();
            needle = bytes(matchCase ? query.text() : query.text().toLowerCase(Locale.ROOT));
        }

        @Override
        public void scan(SearchChunk chunk, IntConsumer found) {
            String text = matchCase ? chunk.text() : chunk.lowered();
            int at = text.indexOf(needle);
            while (at >= 0) {
                int line = chunk.lineAt(at);
                if (at + needle.length() <= chunk.textEnd(line)) {
                    found.accept(line);
                }
                at = text.indexOf(needle, chunk.next(line));
            }
        }

        @Override
        public boolean matches(SearchChunk chunk, int line) {
            String text = chunk.text().substring(chunk.start(line), chunk.textEnd(line));
            return matchCase ? text.contains(needle) : ascii(text).contains(needle);
        }

        private static String ascii(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            AsciiCase.lower(bytes, bytes, bytes.length);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** Runs the expression on the lines that contain the rarest text that it requires. */
    final class Regex implements LineMatcher {

        private static final int CHUNKS = 64; // between two looks at what is rare
        private static final int COUNTED = 100;

        private final Matcher matcher;
        private final List<String> required;
        private final boolean matchCase;
        private final BooleanSupplier stop;
        private String rarest = "";
        private int chunks;
        private boolean ready; // the matcher runs on the text of the chunk

        private Regex(FindQuery query, BooleanSupplier stop) {
            this.stop = stop;
            Pattern pattern = query.pattern();
            matcher = pattern.matcher("");
            required = RequiredLiteral.all(query).stream().map(LineMatcher::bytes).toList();
            matchCase = query.matchCase();
        }

        @Override
        public void scan(SearchChunk chunk, IntConsumer found) {
            boolean ascii = chunk.ascii();
            ready = false;
            if (required.isEmpty()) {
                for (int line = chunk.from(); line < chunk.to(); line++) {
                    if (matches(chunk, line, ascii)) {
                        found.accept(line);
                    }
                }
                return;
            }
            String text = matchCase ? chunk.text() : chunk.lowered();
            if (chunks++ % CHUNKS == 0) {
                rarest = rarest(text);
            }
            int at = text.indexOf(rarest);
            while (at >= 0) {
                int line = chunk.lineAt(at);
                if (matches(chunk, line, ascii)) {
                    found.accept(line);
                }
                at = text.indexOf(rarest, chunk.next(line));
            }
        }

        /** The required text that stands there the least often; of those that do, the longest. */
        private String rarest(String text) {
            String best = required.getFirst();
            int fewest = Integer.MAX_VALUE;
            for (String one : required) {
                int count = 0;
                for (int at = text.indexOf(one);
                        at >= 0 && count < COUNTED;
                        at = text.indexOf(one, at + 1)) {
                    count++;
                }
                boolean better = count == fewest && one.length() > best.length();
                if (count < fewest || better) {
                    fewest = count;
                    best = one;
                }
            }
            return best;
        }

        @Override
        public boolean matches(SearchChunk chunk, int line) {
            return matches(chunk, line, false);
        }

        private boolean matches(SearchChunk chunk, int line, boolean allAscii) {
            String text = chunk.text();
            int from = chunk.start(line);
            int to = chunk.textEnd(line);
            if (allAscii && ready) {
                matcher.region(from, to);
            } else if (allAscii || ascii(text, from, to)) {
                matcher.reset(new CancellableText(text, stop)).region(from, to);
                ready = allAscii;
            } else {
                String decoded = CancellableText.decoded(text, from, to);
                matcher.reset(new CancellableText(decoded, stop));
                ready = false;
            }
            return matcher.find();
        }

        private static boolean ascii(String text, int from, int to) {
            for (int i = from; i < to; i++) {
                if (text.charAt(i) >= 128) {
                    return false;
                }
            }
            return true;
        }
    }
}
