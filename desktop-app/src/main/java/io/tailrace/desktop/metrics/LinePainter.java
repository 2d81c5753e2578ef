package io.tailrace.desktop.metrics;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/**
 * Paints a series as a line: at most one point per pixel, with the least and the largest value of
 * the pixel as an upright stroke, and nothing where values are missing.
 */
final class LinePainter {

    private LinePainter() {}

    /** The rectangle of the plot and the values at its lower and upper edge. */
    record Frame(double left, double top, double width, double height, double low, double high) {

        double y(double value) {
            double share = high > low ? (value - low) / (high - low) : 0.5;
            return top + height - share * height;
        }

        /** With room around the values; a flat line stands in the middle. */
        static Frame around(
                double left, double top, double width, double height, Series.Summary summary) {
            return new Frame(left, top, width, height, summary.min(), summary.max());
        }
    }

    /** Where a second is, in pixels. */
    static double x(MetricTile tile, Frame frame, long second) {
        double span = Math.max(1, tile.to().getEpochSecond() - tile.from().getEpochSecond());
        return frame.left() + (second - tile.from().getEpochSecond()) / span * frame.width();
    }

    /** The point nearest to a place, -1 without points. */
    static int nearest(MetricTile tile, Frame frame, double x) {
        int best = -1;
        double distance = Double.MAX_VALUE;
        Series series = tile.series();
        int first = series.firstFrom(tile.from().getEpochSecond());
        for (int i = first; i < series.size(); i++) {
            double away = Math.abs(x(tile, frame, series.second(i)) - x);
            if (away < distance) {
                distance = away;
                best = i;
            }
        }
        return best;
    }

    static void paint(GraphicsContext g, MetricTile tile, Frame frame, Color color) {
        Series series = tile.series();
        long gap = series.gapAfter();
        g.setStroke(color);
        g.setFill(color);
        g.setLineWidth(1.5);
        g.beginPath();
        boolean drawing = false;
        int first = series.firstFrom(tile.from().getEpochSecond());
        int i = first;
        while (i < series.size()) {
            double pixel = Math.rint(x(tile, frame, series.second(i)));
            boolean broken = i == first || series.second(i) - series.second(i - 1) > gap;
            double low = series.value(i);
            double high = low;
            int next = i + 1;
            while (next < series.size()
                    && Math.rint(x(tile, frame, series.second(next))) == pixel
                    && series.second(next) - series.second(next - 1) <= gap) {
                low = Math.min(low, series.value(next));
                high = Math.max(high, series.value(next));
                next++;
            }
            boolean alone =
                    broken
                            && (next == series.size()
                                    || series.second(next) - series.second(next - 1) > gap);
            point(g, frame, pixel, low, high, series.value(next - 1), drawing && !broken, alone);
            drawing = true;
            i = next;
        }
        g.stroke();
        g.setLineWidth(1);
    }

    private static void point(
            GraphicsContext g,
            Frame frame,
            double x,
            double low,
            double high,
            double last,
            boolean joined,
            boolean alone) {
        if (alone) {
            g.fillOval(x - 1.5, frame.y(last) - 1.5, 3, 3);
        }
        if (joined) {
            g.lineTo(x, frame.y(high));
        } else {
            g.moveTo(x, frame.y(high));
        }
        if (low < high) {
            g.lineTo(x, frame.y(low));
            g.lineTo(x, frame.y(last));
        }
    }
}
