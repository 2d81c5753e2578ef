/**
 * A pipeline to start from: it publishes, obeys commands, and loses nothing while the gateway is
 * away.
 */
package io.tailrace.example;
