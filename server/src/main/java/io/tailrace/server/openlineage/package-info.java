/**
 * Takes OpenLineage in over HTTP. A body enters on the request's thread and is read as a stream,
 * without what is too large to keep; every event of it becomes a few of ours, about a run or a task
 * of one; they leave to the broker, once, whatever clients send again.
 */
package io.tailrace.server.openlineage;
