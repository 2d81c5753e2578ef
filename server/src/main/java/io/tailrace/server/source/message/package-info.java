/**
 * Understands one message that a source fetched, whatever dialect it is written in: bytes and
 * headers enter, events or a rejection leave. The dialects themselves are those of the HTTP
 * interface.
 */
@NullMarked
package io.tailrace.server.source.message;

import org.jspecify.annotations.NullMarked;
