package io.tailrace.server.lines;

import java.util.regex.Pattern;

/** What a line of text is within a stack trace of Java, Python, Node, .NET or Go. */
final class TraceLine {

    static final String PYTHON = "Traceback (most recent call last):";

    private static final Pattern HEADER =
            Pattern.compile(
                    "(Exception in thread \"[^\"]*\" |Unhandled exception\\. |Uncaught )?"
                            + "([\\p{L}_$][\\p{L}\\p{N}_$.]*)?(Exception|Error|Throwable)"
                            + "(: .*| \\[[A-Z_]+]: .*)?");
    private static final Pattern FUNCTION = Pattern.compile("[\\w./*()%\\-]+\\(.*\\)");
    private static final Pattern MORE = Pattern.compile("\\s+\\.\\.\\. \\d+ .*");
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;:]{0,40}[A-Za-z]");
    private static final int LONGEST = 4_000;

    private TraceLine() {}

    /** The line without colours, which are no part of what it is. */
    static String plain(String line) {
        return line.indexOf('\u001b') < 0 ? line : COLOUR.matcher(line).replaceAll("");
    }

    /** The first line of an exception: its type, perhaps with a message. */
    static boolean header(String line) {
        return line.length() > 5
                && line.length() < LONGEST
                && (line.contains("Error") || line.contains("Exc") || line.contains("Throwable"))
                && HEADER.matcher(line).matches();
    }

    /** A line behind the first one. */
    static boolean frame(String line) {
        if (line.isEmpty()) {
            return false;
        }
        if (line.startsWith("Caused by: ") || line.startsWith("Wrapped by: ")) {
            return true;
        }
        if (line.charAt(0) != ' ' && line.charAt(0) != '\t') {
            return false;
        }
        String text = line.stripLeading();
        return text.startsWith("at ")
                || text.startsWith("Suppressed: ")
                || text.startsWith("Caused by: ")
                || text.startsWith("--- End of ")
                || text.startsWith("[CIRCULAR REFERENCE")
                || MORE.matcher(line).matches();
    }

    /** What Python says between two exceptions. */
    static boolean chain(String line) {
        return line.startsWith("During handling of the above exception")
                || line.startsWith("The above exception was the direct cause");
    }

    /** The first line of a panic. */
    static boolean panic(String line) {
        return line.startsWith("panic: ") || line.startsWith("fatal error: ");
    }

    /** A line behind the first one of a panic. */
    static boolean go(String line) {
        return line.startsWith("\t")
                || line.startsWith("goroutine ")
                || line.startsWith("created by ")
                || line.startsWith("exit status ")
                || line.startsWith("[signal ")
                || line.startsWith("panic: ")
                || (line.length() < LONGEST
                        && line.endsWith(")")
                        && FUNCTION.matcher(line).matches());
    }
}
