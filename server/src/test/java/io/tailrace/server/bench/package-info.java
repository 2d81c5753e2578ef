/** Programs that measure; see the profile {@code bench} of the server. */
package io.tailrace.server.bench;
