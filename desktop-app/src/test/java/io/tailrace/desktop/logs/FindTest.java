package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Level;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

@Timeout(180)
class FindTest {

    private LogsModel model = new LogsModel(new LogStore(64 << 20, 1 << 17));

    @AfterEach
    void close() {
        model.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
                    timeout,          false, true
                    TIMEOUT,          false, false
                    TIMEOUT,          false, true
                    ä,                false, true
                    ÄRGER,            false, false
                    日本,              false, true
                    a,                false, false
                    s.*k,             true,  true
                    payments.*$,      true,  true
                    ^pay\\w+ sink,    true,  false
                    dur=[0-9]{3}ms,   true,  true
                    Ä.*r,             true,  false
                    x?,               true,  true
                    (abc)?timeout|ä,  true,  true
                    .本,               true,  true
                    \\bat\\b,         true,  true
                    zebra,            false, false
                    """)
    void matchesAreThoseOfANaiveSearch(String text, boolean regex, boolean matchCase) {
        FindQuery query = new FindQuery(text, regex, matchCase);
        model.find(query);
        Pattern reference = query.pattern();
        List<Long> expected = new ArrayList<>();
        List<String> lines = lines(6_000);
        for (int i = 0; i < lines.size(); i++) {
            model.append(Lines.entry(i + 1, Level.INFO, lines.get(i), null, Lines.RUN, fields(i)));
            if (reference.matcher(lines.get(i)).find()) {
                expected.add((long) i);
            }
            if (i % 1000 == 0) {
                model.pulse();
            }
        }
        Lines.settle(model);
        assertThat(Lines.matches(model)).isEqualTo(expected);
        assertThat(status().matches()).isEqualTo(expected.size());
    }

    private static Map<String, Object> fields(int i) {
        return i % 5 == 0 ? Map.of("zebra", "timeout ä") : Map.of();
    }

    private static List<String> lines(int count) {
        String[] words = {
            "payments",
            "sink",
            "timeout",
            "Timeout",
            "ärger",
            "ÄRGER",
            "日本",
            "dur=720ms",
            "\n",
            "\tat io.acme.Sink",
            "",
            "x".repeat(300),
            "\r\n",
            "👩‍👩‍👧",
            "abc"
        };
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder line = new StringBuilder();
            for (int n = random.nextInt(7); n > 0; n--) {
                line.append(words[random.nextInt(words.length)]).append(' ');
            }
            lines.add(line.toString());
        }
        return lines;
    }

    @Test
    void countsOnlyLinesThatTheFilterShows() {
        for (int i = 0; i < 100; i++) {
            model.append(Lines.entry(i + 1, i % 2 == 0 ? Level.DEBUG : Level.ERROR, "same"));
        }
        model.find(new FindQuery("same", false, true));
        Lines.settle(model);
        assertThat(status().matches()).isEqualTo(50);
        model.showLevel(Level.TRACE);
        Lines.settle(model);
        assertThat(status().matches()).isEqualTo(100);
    }

    @Test
    void stepsThroughMatchesAroundTheEndAndTellsWhichOneItIs() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            lines.add(i % 30 == 7 ? "needle" : "hay");
        }
        Lines.addAll(model, lines);
        model.view().viewport().resize(10);
        model.find(new FindQuery("needle", false, false));
        Lines.settle(model);
        assertThat(status().match()).as("typing moves nothing").isZero();
        assertThat(next(true)).as("the newest first while following").isEqualTo(67);
        assertThat(next(true)).isEqualTo(7);
        assertThat(next(true)).isEqualTo(37);
        assertThat(next(false)).isEqualTo(7);
        assertThat(next(false)).isEqualTo(67);
        assertThat(status().match()).isEqualTo(3);
    }

    private long next(boolean forward) {
        model.findNext(forward);
        Lines.settle(model);
        LineSelection selection = model.screen().selection();
        return selection == null ? -1 : LineKey.position(selection.caret().line()) - 1;
    }

    @Test
    void saysWhatIsWrongWithAnExpression() {
        Lines.addAll(model, List.of("a(b"));
        model.find(new FindQuery("a(b", true, false));
        Lines.settle(model);
        assertThat(status().notice()).isEqualTo("Not a regular expression yet: unclosed group.");
        model.find(new FindQuery("a(b", false, false));
        Lines.settle(model);
        assertThat(status().matches()).isEqualTo(1);
        assertThat(status().notice()).isEmpty();
    }

    @Test
    void anExpressionWithoutEndIsGivenUpWhenSomebodyTypesOn() {
        Lines.addAll(model, List.of("a".repeat(60) + "!", "b"));
        model.find(new FindQuery("(a+)+$", true, true));
        model.pulse();
        model.find(new FindQuery("b", false, true));
        Lines.settle(model);
        assertThat(Lines.matches(model)).containsExactly(1L);
    }

    @Test
    void anExpressionTooDeepSaysSo() {
        Lines.addAll(model, List.of("ab".repeat(4_000_000)));
        model.find(new FindQuery("(a|b)*c", true, true));
        Lines.settle(model);
        assertThat(status().notice()).startsWith("This expression is too deep");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            emptyValue = "",
            textBlock =
                    """
                    payments.*timeout, payments
                    ERROR.*payments$,  payments
                    colou?r,           colo
                    a|b,               ""
                    (abc)+defg,        defg
                    (abc)?,            ""
                    [abc]long,         long
                    x{2}yz,            yz
                    a\\.b\\[c,         a.b[c
                    \\x41bc,           ""
                    \\d+ms,            ms
                    (?i)abc,           ""
                    []abc]de,          ""
                    ab*c,              a
                    "ab+cd",           ab
                    """)
    void whatAnExpressionRequires(String regex, String literal) {
        assertThat(RequiredLiteral.of(new FindQuery(regex, true, true))).isEqualTo(literal);
    }

    private LogsStatus status() {
        return model.statusProperty().get();
    }
}
