package io.tailrace.desktop.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The little Markdown that answers use: bold and code; everything else is text. */
final class Markdown {

    private static final Pattern MARKED = Pattern.compile("`([^`\n]+)`|\\*\\*([^*\n]+)\\*\\*");

    private Markdown() {}

    /** How a piece of text looks. */
    enum Look {
        PLAIN,
        BOLD,
        CODE
    }

    /** A piece of text of one look. */
    record Span(String text, Look look) {}

    /** The pieces of a text; marks without a partner are text. */
    static List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher matcher = MARKED.matcher(text);
        int done = 0;
        while (matcher.find()) {
            if (matcher.start() > done) {
                spans.add(new Span(text.substring(done, matcher.start()), Look.PLAIN));
            }
            String code = matcher.group(1);
            spans.add(
                    code == null
                            ? new Span(matcher.group(2), Look.BOLD)
                            : new Span(code, Look.CODE));
            done = matcher.end();
        }
        if (done < text.length()) {
            spans.add(new Span(text.substring(done), Look.PLAIN));
        }
        return spans;
    }
}
