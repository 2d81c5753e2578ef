/** What operating the gateway needs to know: whether it can do its work. Any thread. */
package io.tailrace.server.ops;
