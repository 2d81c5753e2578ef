package io.tailrace.desktop.workflow;

import java.time.Duration;

/**
 * What earlier good runs took for one task.
 *
 * @param start from the beginning of the run to the beginning of the task, the median
 * @param median how long, the median
 * @param p90 nine of ten took no longer
 */
record Band(Duration start, Duration median, Duration p90) {}
