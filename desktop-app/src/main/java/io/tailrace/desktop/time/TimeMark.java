package io.tailrace.desktop.time;

import io.tailrace.desktop.text.Tone;

import java.time.Instant;

/**
 * Something that happened and stands on every time axis.
 *
 * @param at when
 * @param tone how grave it is
 * @param words what, in a few words
 */
public record TimeMark(Instant at, Tone tone, String words) {}
