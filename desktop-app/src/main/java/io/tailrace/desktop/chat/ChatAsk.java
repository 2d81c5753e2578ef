package io.tailrace.desktop.chat;

import io.tailrace.model.RunKey;

import org.jspecify.annotations.Nullable;

/**
 * A question on its way to the gateway.
 *
 * @param conversation which conversation it belongs to
 * @param question its id, which the answer repeats
 * @param message what was asked
 * @param run the run it is about, when one is chosen
 */
public record ChatAsk(String conversation, String question, String message, @Nullable RunKey run) {}
