/** What the console remembers between starts, in one small file. No toolkit. */
package io.tailrace.desktop.state;
