/**
 * Answers questions about runs from what is stored, without a language model. Questions enter from
 * HTTP; statements, each with the entries it rests on, leave as events on the asking session's
 * channel. One virtual thread per question.
 */
package io.tailrace.server.chat;
