/**
 * What {@code mvn -Pdemo} runs: starts a gateway, the demo pipeline and a console as three
 * processes of this machine, and ends them together.
 */
@NullMarked
package io.tailrace.demo;

import org.jspecify.annotations.NullMarked;
