/**
 * Takes secrets out of events before anything is stored or sent. Events enter on the thread that
 * took them in and leave the same, or with a mask where a secret stood and a word about it.
 */
package io.tailrace.server.redaction;
