/**
 * What every handler shares: the guard before them, JSON in and out, and the one place where
 * problems become answers. Any thread.
 */
package io.tailrace.server.http;
