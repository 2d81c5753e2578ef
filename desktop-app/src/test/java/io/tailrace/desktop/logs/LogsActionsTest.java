package io.tailrace.desktop.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.tailrace.model.Cursor;
import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@Timeout(180)
class LogsActionsTest {

    private final LogsModel model = new LogsModel();
    private final LogsActions does = new LogsActions(model);

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void oneKeyShowsErrorsOnlyAndTheSameKeyAllAgain() {
        model.showLevel(Level.DEBUG);
        does.toggleErrors();
        assertThat(model.filterProperty().get().level()).isEqualTo(Level.ERROR);
        does.toggleErrors();
        assertThat(model.filterProperty().get().level()).isEqualTo(Level.DEBUG);
    }

    @Test
    void whatIsFoundBecomesAConditionAndLinesAroundItComeBack() {
        Lines.addAll(model, List.of("a", "b", "needle", "c", "d", "e"));
        model.find(new FindQuery("needle", false, false));
        does.onlyMatches();
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(2L);
        does.around(1);
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(1L, 2L, 3L);
        assertThat(model.view().passes(Lines.at(2))).isTrue();
        assertThat(model.view().passes(Lines.at(1))).isFalse();
    }

    @Test
    void marksAreSteppedThroughAndSurviveAsJson() {
        Lines.addAll(model, List.of("a", "b", "c", "d"));
        for (int line : new int[] {1, 3}) {
            model.screen().select(LineSelection.at(Lines.at(line), 0));
            does.toggleBookmark();
        }
        model.screen().select(LineSelection.at(Lines.at(0), 0));
        does.nextBookmark(true);
        assertThat(does.current()).isEqualTo(new Cursor("e1", 2));
        does.nextBookmark(true);
        does.nextBookmark(true);
        assertThat(does.current()).as("around the end").isEqualTo(new Cursor("e1", 2));
        does.toggleBookmark();

        JsonNode json = model.notes().bookmarks().json();
        Bookmarks next = new Bookmarks();
        next.restore(json);
        assertThat(next.all()).isEqualTo(Map.of(new Cursor("e1", 4), ""));
    }

    @Test
    void whoeverShowsTheMarksHearsOfEach() {
        List<Integer> heard = new ArrayList<>();
        Bookmarks marks = new Bookmarks();
        marks.onMarks(() -> heard.add(marks.all().size()));
        marks.put(new Cursor("e1", 2), "");
        marks.put(new Cursor("e1", 2), "only another note");
        marks.remove(new Cursor("e1", 2));
        marks.remove(new Cursor("e1", 2));
        assertThat(heard).containsExactly(1, 0);
    }

    @Test
    void savedFiltersHaveNoRunAndSurviveAsJson() {
        LineFilter filter =
                LineFilter.DEFAULT
                        .with(TextCondition.field("id", "7"))
                        .withRun(run())
                        .withAround(2);
        model.notes().filters().put(" mine ", filter);
        SavedFilters next = new SavedFilters();
        next.restore(model.notes().filters().json());
        assertThat(next.get("mine")).hasValue(filter.withRun(null));
    }

    private static io.tailrace.model.RunKey run() {
        return new io.tailrace.model.RunKey("acme", "orders", "r1");
    }

    @Test
    void aLinkNamesGatewayChannelAndLine() {
        Lines.addAll(model, List.of("a", "b"));
        model.screen().select(LineSelection.at(Lines.at(1), 0));
        String link = does.link("http://127.0.0.1:8787").orElseThrow();
        assertThat(link).isEqualTo("http://127.0.0.1:8787/#line=logs%3Aacme%3Aorders/e1-2");
        assertThat(LineLink.parse(link))
                .hasValue(
                        new LineLink(
                                URI.create("http://127.0.0.1:8787/"),
                                Lines.CHANNEL,
                                new Cursor("e1", 2)));
        assertThat(LineLink.parse("http://127.0.0.1:8787/")).isEmpty();
        assertThat(LineLink.parse("x#line=logs%3Aa/e1-2")).isEmpty();
    }

    @Test
    void whatHappenedToTheRunStandsBetweenItsLinesOnRequest() {
        model.append(Lines.entry(1, Level.INFO, "before"));
        Header header = Header.of(Lines.CHANNEL, Lines.START, Lines.RUN.withTask("load", 2));
        model.fact(
                new Entry(new Cursor("e1", 2), new Event.Failed(header, "boom\nat", null, true)));
        model.fact(new Entry(new Cursor("e1", 3), new Event.Progress(header, 12.0, null, null)));
        model.append(Lines.entry(4, Level.INFO, "after"));
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(0L, 1L, 3L);
        assertThat(LogLine.text(model.store(), Lines.at(1)))
                .isEqualTo("load attempt 2 failed: boom (will be tried again)");
        does.toggleFacts();
        Lines.settle(model);
        assertThat(Lines.shown(model)).containsExactly(0L, 3L);
    }

    @Test
    void whatIsShownIsSavedByteForByte() throws IOException {
        String odd = "zwei\r\nZeilen 日本 \u001b[31m\u0000";
        model.append(Lines.entry(1, Level.DEBUG, "hidden"));
        model.append(Lines.entry(2, Level.INFO, odd, null, Subject.NONE, Map.of("rows", 3)));
        model.append(Lines.entry(3, Level.ERROR, "failed", "at x", Lines.RUN, Map.of()));
        Lines.settle(model);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (LineExport lines = LineExport.of(model)) {
            lines.text(text);
            lines.ndjson(json);
        }
        assertThat(text.toString(StandardCharsets.UTF_8)).isEqualTo(odd + "\nfailed\nat x\n");
        String[] objects = json.toString(StandardCharsets.UTF_8).split("\n", -1);
        assertThat(objects).hasSize(3);
        JsonNode first = new JsonMapper().readTree(objects[0]);
        assertThat(first.path("message").asText()).isEqualTo(odd);
        assertThat(first.path("fields").path("rows").asInt()).isEqualTo(3);
        assertThat(first.path("cursor").asText()).isEqualTo("e1-2");
        assertThat(new JsonMapper().readTree(objects[1]).path("run").asText()).isEqualTo("r1");
    }
}
