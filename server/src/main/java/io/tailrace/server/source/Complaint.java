package io.tailrace.server.source;

/** Something that is wrong until it is not. Confined to the source's thread. */
public final class Complaint {

    private final Outlet outlet;
    private String said = "";

    /** Nothing is wrong. */
    public Complaint(Outlet outlet) {
        this.outlet = outlet;
    }

    /** How it is now; empty when nothing is wrong. */
    public void say(String sentence) {
        if (sentence.equals(said)) {
            return;
        }
        outlet.resolved(said);
        said = sentence;
        if (!sentence.isEmpty()) {
            outlet.warn(sentence);
        }
    }
}
