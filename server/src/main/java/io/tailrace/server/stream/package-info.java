/**
 * Sends entries out. A session's request thread reads its one subscription and writes what there is
 * in one go; frames leave to one socket. Nothing is queued per session.
 */
package io.tailrace.server.stream;
