package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.model.Cursor;
import io.tailrace.model.Level;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What keys, menus and buttons do with a log model, beyond moving and selecting. FX thread. */
final class LogsActions {

    private final LogsModel model;
    private Level before = LineFilter.DEFAULT.level();

    LogsActions(LogsModel model) {
        this.model = model;
    }

    private LineFilter filter() {
        return model.filterProperty().get();
    }

    /** Shows errors only, and by the same key what was shown before. */
    void toggleErrors() {
        Level now = filter().level();
        if (now == Level.ERROR) {
            model.showLevel(before);
        } else {
            before = now;
            model.showLevel(Level.ERROR);
        }
    }

    /** The find becomes a condition of the filter. */
    void onlyMatches() {
        FindQuery query = model.queryProperty().get();
        if (query.isEmpty() || !query.problem().isEmpty()) {
            model.acted(text("logs.first.find"));
            return;
        }
        model.find(FindQuery.NONE);
        model.show(filter().with(TextCondition.text(query)));
    }

    /** More or fewer lines around those that pass the filter's texts. */
    void around(int more) {
        if (filter().texts().isEmpty()) {
            model.acted(text("logs.first.around"));
            return;
        }
        model.show(filter().withAround(filter().around() + more));
    }

    /** State changes, retries and alerts between the lines, or not. */
    void toggleFacts() {
        model.show(filter().withFacts(!filter().facts()));
    }

    /** What is found, or selected, stands out from now on. */
    void toggleHighlight() {
        LineSelection selection = model.screen().selection();
        boolean selected = selection != null && !selection.isEmpty();
        FindQuery query =
                selected
                        ? new FindQuery(model.screen().copy().orElse(""), false, true)
                        : model.queryProperty().get();
        if (query.isEmpty()) {
            model.notes().highlights().clear();
            model.acted(text("logs.first.highlight"));
        } else {
            model.notes().highlights().toggle(query);
            model.touch();
        }
    }

    /** The current line that was published and is shown; null when there is none. */
    @Nullable Cursor current() {
        long line = model.screen().current();
        boolean published = line >= 0 && model.store().context(line).published();
        return published ? model.store().cursor(line) : null;
    }

    /** Marks the current line, or takes its mark away. */
    void toggleBookmark() {
        Cursor line = current();
        if (line == null) {
            model.acted(text("logs.first.mark"));
        } else if (model.notes().bookmarks().note(line).isPresent()) {
            model.notes().bookmarks().remove(line);
            model.touch();
        } else {
            model.notes().bookmarks().put(line, "");
            model.touch();
        }
    }

    /** Goes to the next or previous marked line; behind the last comes the first again. */
    void nextBookmark(boolean forward) {
        List<Long> lines = model.notes().bookmarks().lines(model.store());
        if (lines.isEmpty()) {
            model.acted(text("logs.first.marks"));
            return;
        }
        LineSelection selection = model.screen().selection();
        long from = selection == null ? -1 : selection.caret().line();
        Optional<Long> next =
                forward
                        ? lines.stream().filter(line -> line > from).findFirst()
                        : lines.reversed().stream().filter(line -> line < from).findFirst();
        long line = next.orElse(forward ? lines.getFirst() : lines.getLast());
        boolean _ = model.open(model.store().cursor(line));
    }

    /** Shows all lines of the current entry in their place, or only its first. */
    void toggleFold() {
        long line = model.screen().current();
        if (line < 0) {
            model.acted(text("logs.first.fold"));
        } else {
            toggleFold(line);
        }
    }

    /** The same for some entry. */
    void toggleFold(long line) {
        model.view().folds().toggle(line);
        model.touch();
    }

    /** Unfolds all entries, or folds them; what is at the upper edge stays there. */
    void toggleFolds() {
        Folds folds = model.view().folds();
        folds.all(folds.none());
        model.touch();
    }

    /** Fetches lines older than those shown. */
    void older() {
        model.history().older(filter());
    }

    /** The current line as a link for a colleague. */
    Optional<String> link(String gateway) {
        Cursor line = current();
        LineSelection selection = model.screen().selection();
        if (line == null || selection == null) {
            model.acted(text("logs.first.link"));
            return Optional.empty();
        }
        LineContext context = model.store().context(selection.caret().line());
        return Optional.of(new LineLink(URI.create(gateway), context.channel(), line).toString());
    }
}
