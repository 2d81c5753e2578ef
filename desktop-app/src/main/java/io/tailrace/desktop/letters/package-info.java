/**
 * What the gateway could not take: looked at, sent again, deleted. Asked for over HTTP on virtual
 * threads; answers come home through the pump. FX thread only.
 */
package io.tailrace.desktop.letters;
