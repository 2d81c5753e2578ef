package io.tailrace.desktop.logs;

import io.tailrace.desktop.theme.Palette;
import io.tailrace.model.Level;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

import org.jspecify.annotations.Nullable;

import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paints the rows that are on the screen, and only those. FX thread. */
final class LogsPainter {

    private static final int REGEX_READS = 1 << 18;
    private static final double MARK_OPACITY = 0.18;

    private final DateTimeFormatter time =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());
    private final NumberFormat numbers = NumberFormat.getIntegerInstance(Locale.US);
    private final LogsModel model;
    private final LogsGrid grid;
    private final List<String> visible = new ArrayList<>();

    private final HighlightMarks marks;
    private final MoreWords more = new MoreWords();

    private Palette palette = Palette.DARK;
    private @Nullable Pattern pattern;
    private FindQuery query = FindQuery.NONE;
    private int scrolled; // cells of the message that are left of the screen
    private int widest;

    LogsPainter(LogsModel model, LogsGrid grid) {
        this.model = model;
        this.grid = grid;
        this.marks = new HighlightMarks(model.notes().highlights());
    }

    void palette(Palette wanted) {
        palette = wanted;
    }

    /** Paints everything; answers how many cells the widest message on the screen has. */
    int paint(GraphicsContext g, double width, double height, int scrolledCells) {
        scrolled = scrolledCells;
        widest = 0;
        visible.clear();
        preparePattern();
        g.setFill(palette.background());
        g.fillRect(0, 0, width, height);
        g.setFont(grid.font());
        Viewport screen = model.view().viewport();
        LineList lines = model.view().lines();
        long first = (long) Math.floor(screen.top());
        double y = screen.below(first) * grid.row();
        for (long row = first; row < lines.size() && y < height; row++, y += grid.row()) {
            if (row < lines.first()) {
                marker(g, y);
            } else {
                LogLine line = LogLine.read(model.store(), lines.get(row));
                line(g, y, width, line);
                y += further(g, y, height, line);
            }
        }
        return widest;
    }

    /** The rows on the screen as text, from the last time they were painted. */
    List<String> visibleLines() {
        return List.copyOf(visible);
    }

    private void preparePattern() {
        FindQuery wanted = model.findState().query();
        if (!wanted.equals(query)) {
            query = wanted;
            boolean usable = !wanted.isEmpty() && wanted.problem().isEmpty();
            pattern = usable ? wanted.pattern() : null;
        }
    }

    private void marker(GraphicsContext g, double y) {
        HistoryState older = model.statusProperty().get().older();
        String text = "▲ " + LogsWords.older(older, model.store().gone());
        boolean failed = older.phase() == HistoryState.Phase.FAILED;
        boolean offered = older.phase() == HistoryState.Phase.OFFERED;
        Color colour = failed ? palette.warn() : offered ? palette.accent() : palette.muted();
        text(g, text, grid.time(), y, colour);
        visible.add(text);
    }

    private void line(GraphicsContext g, double y, double width, LogLine line) {
        LineSelection selection = model.screen().selection();
        boolean current = selection != null && selection.caret().line() == line.number();
        if (current) {
            g.setFill(palette.selection());
            g.fillRect(0, y, width, grid.row());
        }
        if (!line.context().published()) {
            between(g, y, line);
            return;
        }
        RowText row = new RowText(line.row());
        columns(g, y, line);
        if (selection != null && !(current && selection.isEmpty())) {
            selected(g, y, row, selection, line.number());
        }
        marks.paint(
                line.row(),
                (from, to, colour) -> {
                    band(g, y, row.cellAt(from), row.cellAt(to), colour);
                });
        boolean boxed = boxes(g, y, line.row(), row);
        boolean around = !model.view().passes(line.number());
        message(
                g,
                y,
                row,
                around ? palette.muted() : LevelColours.message(line.context().level(), palette));
        more(g, y, row, line, boxed);
        visible.add(line.row());
    }

    /** The other lines of an unfolded entry; answers how high they are. */
    private double further(GraphicsContext g, double y, double height, LogLine line) {
        boolean entry = line.context().published() && line.more() > 0;
        if (!entry || !model.view().folds().unfolded(line.number())) {
            return 0;
        }
        int rows = model.view().folds().rows(line.number()) - 1;
        List<String> texts = model.view().folds().further(line.number());
        for (int i = 0; i < Math.min(rows, texts.size()); i++) {
            double at = y + (i + 1) * grid.row();
            if (at > -grid.row() && at < height) {
                RowText row = new RowText(texts.get(i));
                boxes(g, at, texts.get(i), row);
                message(g, at, row, palette.muted());
                visible.add(texts.get(i));
            }
        }
        return rows * grid.row();
    }

    /** What stands between lines: a notice, or what happened to a run. */
    private void between(GraphicsContext g, double y, LogLine line) {
        boolean fact = line.context().kind() == LineContext.Kind.FACT;
        Color colour = LevelColours.between(line.context().level(), palette);
        String sign = fact && line.context().level() == Level.INFO ? "● " : "▲ ";
        RowText row = new RowText(sign + line.row());
        int before = (int) ((grid.message() - grid.time()) / grid.cell());
        widest = Math.max(widest, row.cells() - before);
        runs(g, y, row, colour, grid.time(), grid.messageCells() + before);
        visible.add(line.row());
    }

    private void columns(GraphicsContext g, double y, LogLine line) {
        String number = numbers.format(LineKey.position(line.number()));
        double x = grid.number() + (grid.digits() - number.length()) * grid.cell();
        boolean marked =
                !model.notes().bookmarks().all().isEmpty()
                        && model.notes()
                                .bookmarks()
                                .note(model.store().cursor(line.number()))
                                .isPresent();
        if (marked) {
            g.setFill(palette.accent());
            g.fillRect(3, y + 3, 4, grid.row() - 6);
        }
        text(g, number, x, y, marked ? palette.accent() : palette.muted());
        text(g, time.format(Instant.ofEpochMilli(line.time())), grid.time(), y, palette.muted());
        Level level = line.context().level();
        text(g, level.name(), grid.level(), y, LevelColours.name(level, palette));
        if (grid.sourceCells() > 0) {
            text(g, source(line.context().source()), grid.source(), y, palette.muted());
        }
    }

    /** The last part of a dotted name, as much of it as fits. */
    private String source(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        String shown = last.isEmpty() ? name : last;
        RowText row = new RowText(shown);
        int fits = grid.sourceCells();
        return row.cells() <= fits ? shown : shown.substring(0, row.columnAt(fits - 2)) + "…";
    }

    private void selected(
            GraphicsContext g, double y, RowText row, LineSelection selection, long line) {
        int from = selection.firstColumn(line);
        if (from < 0) {
            return;
        }
        int to = selection.lastColumn(line);
        int extra = to == LineAnchor.END ? 1 : 0; // the line feed is selected as well
        band(g, y, row.cellAt(from), row.cellAt(to) + extra, palette.selection());
    }

    private void band(GraphicsContext g, double y, int from, int to, Paint colour) {
        double left = Math.max(0, from - scrolled);
        double right = Math.min(grid.messageCells() + 1.0, to - scrolled);
        if (right > left) {
            g.setFill(colour);
            g.fillRect(x(left), y, (right - left) * grid.cell(), grid.row());
        }
    }

    /** Boxes what matches in the row; answers whether anything does, or nothing is sought. */
    private boolean boxes(GraphicsContext g, double y, String text, RowText row) {
        Pattern wanted = pattern;
        if (wanted == null) {
            return true;
        }
        boolean any = false;
        try {
            Matcher matcher = wanted.matcher(CancellableText.limited(text, REGEX_READS));
            while (matcher.find()) {
                any = true;
                box(g, y, row.cellAt(matcher.start()), row.cellAt(matcher.end()));
            }
        } catch (CancellationException | StackOverflowError e) {
            return true; // too slow to say where; the search knows that it does
        }
        return any;
    }

    private void box(GraphicsContext g, double y, int from, int to) {
        int left = Math.max(0, from - scrolled);
        int right = Math.min(grid.messageCells(), to - scrolled);
        if (right <= left) {
            return;
        }
        double width = (right - left) * grid.cell();
        g.setFill(palette.warn().deriveColor(0, 1, 1, MARK_OPACITY));
        g.fillRect(x(left) - 1, y + 1, width + 2, grid.row() - 2);
        g.setStroke(palette.warn());
        g.setLineWidth(1);
        g.strokeRect(Math.rint(x(left)) - 1.5, y + 1.5, Math.rint(width) + 2, grid.row() - 3);
    }

    private double x(double cell) {
        return grid.message() + cell * grid.cell();
    }

    private void message(GraphicsContext g, double y, RowText row, Color colour) {
        widest = Math.max(widest, row.cells());
        runs(g, y, row, colour, grid.message(), grid.messageCells());
    }

    /** The cells of a row that are on the screen, from a left edge. */
    private void runs(
            GraphicsContext g, double y, RowText row, Color colour, double left, int cells) {
        int end = scrolled + cells;
        for (RowText.Run run : row.runs()) {
            Color ink = AnsiColour.of(run.colour(), palette, colour);
            int from = Math.max(run.cell(), scrolled);
            int to = Math.min(run.cell() + run.cells(), end);
            if (from >= to) {
                continue;
            }
            if (run.even()) {
                String part = run.text().substring(from - run.cell(), to - run.cell());
                text(g, part, left + (from - scrolled) * grid.cell(), y, ink);
            } else if (run.cell() >= scrolled) {
                text(g, run.text(), left + (run.cell() - scrolled) * grid.cell(), y, ink);
            }
        }
    }

    /** How much more the entry has; boxed when what is sought is in there only. */
    private void more(GraphicsContext g, double y, RowText row, LogLine line, boolean boxed) {
        boolean unfolded = model.view().folds().unfolded(line.number());
        if (line.more() > 0) {
            text(g, unfolded ? "▾" : "▸", grid.fold(), y, palette.muted());
        }
        boolean all = unfolded && line.more() <= Folds.MOST_ROWS;
        if ((line.more() == 0 || all) && !line.cut()) {
            return;
        }
        String text = more.of(line);
        int cell = Math.min(row.cells() + 2, scrolled + grid.messageCells() - text.length());
        cell = Math.max(cell, scrolled);
        int end = cell + text.length();
        widest = Math.max(widest, row.cells() + 2 + text.length());
        if (row.cells() + 2 > cell) {
            band(g, y, cell - 1, end + 1, palette.background());
        }
        boolean hidden = !boxed && model.findState().ordinal(line.number()) > 0;
        if (hidden) {
            box(g, y, cell, end);
        }
        text(g, text, x(cell - scrolled), y, palette.muted());
    }

    private void text(GraphicsContext g, String text, double x, double y, Color colour) {
        g.setFill(colour);
        g.fillText(text, x, Math.rint(y) + grid.baseline());
    }
}
