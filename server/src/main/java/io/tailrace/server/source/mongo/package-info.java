/**
 * Documents of a MongoDB database, watched by a change stream or polled, become events. What was
 * read is noted with the events: the token of the change stream, and of each collection the last
 * id, by which documents are found again when the server has lost its history.
 */
@NullMarked
package io.tailrace.server.source.mongo;

import org.jspecify.annotations.NullMarked;
