/**
 * Questions about runs and their answers. Questions leave through a {@link
 * io.tailrace.desktop.chat.ChatSender}, answers come as entries of the session's channel. FX thread
 * only; the model needs no toolkit.
 */
package io.tailrace.desktop.chat;
