package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What to find in lines. A line matches when its text, with all further lines of the same entry,
 * contains it; {@code ^} and {@code $} stand for the ends of each of them.
 *
 * <p>Without case, ASCII letters are the same in both cases; when the text has other characters,
 * theirs are too.
 *
 * @param text what to find; up to its first line feed
 * @param regex whether it is a regular expression (Java's)
 * @param matchCase whether upper and lower case differ
 */
public record FindQuery(String text, boolean regex, boolean matchCase) {

    /** The longest text that is searched for, in characters. */
    public static final int MAX_LENGTH = 1000;

    /** Nothing to find. */
    public static final FindQuery NONE = new FindQuery("", false, false);

    /** Cuts the text to one line of at most {@link #MAX_LENGTH} characters. */
    public FindQuery {
        int feed = text.indexOf('\n');
        text = feed < 0 ? text : text.substring(0, feed);
        text = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }

    /** Whether there is nothing to find. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    boolean ascii() {
        return text.chars().allMatch(c -> c < 128);
    }

    /**
     * The same as a pattern.
     *
     * @throws PatternSyntaxException when it is not a regular expression
     */
    Pattern pattern() {
        int flags = regex ? Pattern.MULTILINE : Pattern.LITERAL;
        if (!matchCase) {
            flags |= Pattern.CASE_INSENSITIVE | (ascii() ? 0 : Pattern.UNICODE_CASE);
        }
        return Pattern.compile(text, flags);
    }

    /** What is wrong with it, in a sentence; empty when nothing is. */
    String problem() {
        try {
            pattern();
            return "";
        } catch (PatternSyntaxException e) {
            String what = e.getDescription();
            String first = what.substring(0, 1).toLowerCase(Locale.ROOT);
            return Texts.text("logs.find.problem", first + what.substring(1));
        }
    }
}
