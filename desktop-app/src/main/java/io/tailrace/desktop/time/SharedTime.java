package io.tailrace.desktop.time;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One time line for all panes. A pane that people point into sets the cursor; one they drag a span
 * in sets the range; all of them show both, and those that filter by time show only the range.
 */
public final class SharedTime {

    private final ObjectProperty<@Nullable Instant> cursor = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable TimeRange> range = new SimpleObjectProperty<>();

    private final ObservableList<TimeMark> marks = FXCollections.observableArrayList();

    /** Nothing is pointed at and nothing is chosen. */
    public SharedTime() {}

    /** Where somebody points; null while nobody does. */
    public ObjectProperty<@Nullable Instant> cursor() {
        return cursor;
    }

    /**
     * Which span was chosen, with open ends perhaps; null for all of time, never {@link
     * TimeRange#ALL}.
     */
    public ObjectProperty<@Nullable TimeRange> range() {
        return range;
    }

    /** What happened and is worth a mark on every axis, such as alerts. */
    public ObservableList<TimeMark> marks() {
        return marks;
    }
}
