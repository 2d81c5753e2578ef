/** Looks through stored log lines, newest first, within bounds of entries and time. Any thread. */
package io.tailrace.server.search;
