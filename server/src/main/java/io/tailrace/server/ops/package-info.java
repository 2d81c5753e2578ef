/** What operating the gateway needs: errors as problems, health, metrics. Any thread. */
package io.tailrace.server.ops;
