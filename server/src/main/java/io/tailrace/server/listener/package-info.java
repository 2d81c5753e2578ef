/**
 * Connections before and between requests: how many there may be, how long each may take to ask for
 * something, and who is still sending. Accepted on the listener's thread, handled on one virtual
 * thread each, watched by one thread.
 */
package io.tailrace.server.listener;
