/**
 * Recognises what loggers of others write: their JSON, logfmt, levels and times in lines of text,
 * and stack traces over several lines. Lines and objects enter, log events leave, on the thread of
 * whoever reads them. What is not certain is left as it is.
 */
package io.tailrace.server.lines;
