/**
 * Keys and what they do. A table binds them and lists them, so that the help sheet cannot differ
 * from what the keys do. FX thread only.
 */
package io.tailrace.desktop.keys;
