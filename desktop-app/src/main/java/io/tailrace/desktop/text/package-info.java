/**
 * How numbers, durations and times are said to people. Values enter, words leave; no state, any
 * thread.
 */
package io.tailrace.desktop.text;
