/**
 * Requests to change a run. They enter from HTTP on virtual threads and leave as command events;
 * the log is their audit.
 */
package io.tailrace.server.command;
