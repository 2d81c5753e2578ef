/**
 * Appends, then fans out. Events enter from publishers' threads and wait until they are durable;
 * one writer thread stores them in groups; frames leave through subscriptions on readers' threads.
 */
package io.tailrace.server.broker;
