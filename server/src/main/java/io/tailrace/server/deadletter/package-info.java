/**
 * Keeps what publishers sent and nobody could understand, with the reason, until somebody looks at
 * it. It enters on the request's thread, without its secrets, and leaves when it is deleted, sent
 * again with success, or pushed out by newer ones.
 */
package io.tailrace.server.deadletter;
