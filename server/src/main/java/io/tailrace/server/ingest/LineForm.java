package io.tailrace.server.ingest;

/** How lines are understood. */
public enum LineForm {
    /** Every line is a JSON object. */
    JSON,
    /** Every line is text. */
    TEXT,
    /** A line is an event when it is a JSON object that looks like one, otherwise text. */
    EITHER
}
