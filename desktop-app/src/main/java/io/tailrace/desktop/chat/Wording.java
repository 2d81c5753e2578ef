package io.tailrace.desktop.chat;

import io.tailrace.desktop.text.Times;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings an answer to its reader: times in the reader's zone, quotes without a second stop. */
final class Wording {

    private static final Pattern CLOCK =
            Pattern.compile("\\b([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d UTC");
    private static final Pattern INSTANT =
            Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?Z");
    private static final Pattern STATEMENT = Pattern.compile(";? SQL statement:\\s*(?=`)");

    private Wording() {}

    /**
     * The text for a reader.
     *
     * @param asked when it was asked: a time of day that is said without its day lies before that
     */
    static String local(String text, Times times, Instant asked) {
        String clocks = CLOCK.matcher(text).replaceAll(found -> clock(found.group(), times, asked));
        String instants =
                INSTANT.matcher(clocks)
                        .replaceAll(
                                found -> Matcher.quoteReplacement(instant(found.group(), times)));
        return STATEMENT.matcher(instants).replaceAll("").replace(".`.", ".`");
    }

    private static String clock(String words, Times times, Instant asked) {
        LocalTime time = LocalTime.parse(words.substring(0, 8));
        Instant at = asked.atOffset(ZoneOffset.UTC).with(time).toInstant();
        // an answer may speak of what happened while it was given
        Instant before = at.isAfter(asked.plusSeconds(600)) ? at.minus(Duration.ofDays(1)) : at;
        return times.second(before);
    }

    private static String instant(String words, Times times) {
        try {
            Instant at = Instant.parse(words);
            return times.date(at) + " " + times.second(at);
        } catch (DateTimeException e) {
            return words; // the 31st of February, say
        }
    }
}
