package io.tailrace.desktop.logs;

/**
 * Lines from one number to another, wherever they are kept by now.
 *
 * @param first the least number
 * @param last the greatest
 */
record KeyRange(long first, long last) {}
