package io.tailrace.desktop.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.desktop.paint.PaintedRegion;
import io.tailrace.desktop.text.Times;
import io.tailrace.model.TaskState;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.framework.junit5.ApplicationExtension;

import java.time.ZoneOffset;
import java.util.List;

/** What is painted of a run is as large as the console's text: labels fit into their rows. */
@ExtendWith(ApplicationExtension.class)
class PaintedSizesTest {

    private final PaintedRegion region = new PaintedRegion((_, _, _) -> {});

    @ParameterizedTest
    @ValueSource(doubles = {9, 13, 18, 24})
    void rowsAndBoxesFitTheirLabels(double size) {
        region.fontSizeProperty().set(size);
        double text = region.smallFont().getSize();
        assertThat(text).isBetween(size * 0.88, size);

        TimelinePainter timeline = new TimelinePainter(region, new Times(ZoneOffset.UTC));
        assertThat(timeline.rowHeight()).isBetween(text * 1.6, text * 2.6);
        assertThat(timeline.axisHeight()).isBetween(text * 1.6, text * 2.8);

        GraphPainter graph = new GraphPainter(region);
        DagLayout layout = DagLayout.of(List.<TaskState>of());
        assertThat(graph.boxHeight()).isGreaterThan(text * 2.6);
        assertThat(graph.boxWidth(layout)).isBetween(size * 10, size * 12.5);
    }
}
