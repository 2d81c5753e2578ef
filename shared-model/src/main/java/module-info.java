import org.jspecify.annotations.NullMarked;

/** The vocabulary and the wire that the gateway, the console and every publisher share. */
@NullMarked
module io.tailrace.shared {
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires static java.logging;
    requires java.net.http;
    requires static ch.qos.logback.classic;
    requires static ch.qos.logback.core;
    requires static org.slf4j;

    exports io.tailrace.client;
    exports io.tailrace.model;
    exports io.tailrace.publisher;
    exports io.tailrace.wire;
}
