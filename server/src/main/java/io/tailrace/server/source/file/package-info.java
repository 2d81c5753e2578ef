/**
 * Files that grow and are rotated: renamed, copied and cut to nothing, or packed. A file is known
 * by its number on the disk and by its first bytes, never by its name alone.
 */
@NullMarked
package io.tailrace.server.source.file;

import org.jspecify.annotations.NullMarked;
