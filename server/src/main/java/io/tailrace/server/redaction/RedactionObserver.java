package io.tailrace.server.redaction;

/** Is told what was masked. Any thread; must not block or throw. */
@FunctionalInterface
public interface RedactionObserver {

    /** Tells nobody. */
    RedactionObserver NONE = _ -> {};

    /** A rule masked something in an event. */
    void masked(String rule);
}
