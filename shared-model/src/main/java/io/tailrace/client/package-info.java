/**
 * The one root connection of a client: connects, reads, backs off, resumes. Everything is told, in
 * order, on the connection's own thread. Beside it, blocking calls for what is asked once.
 */
package io.tailrace.client;
