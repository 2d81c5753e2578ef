/** Whether the gateway is alive and ready. Called by any thread. */
package io.tailrace.server.ops;
