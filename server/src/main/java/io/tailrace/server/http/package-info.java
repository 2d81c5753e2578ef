/**
 * What every handler says over HTTP in the same way: problems, small JSON, and who may ask at all.
 * Any thread.
 */
package io.tailrace.server.http;
