/** How the gateway runs: what may be set, where it was written, and what it means. */
package io.tailrace.server.settings;
