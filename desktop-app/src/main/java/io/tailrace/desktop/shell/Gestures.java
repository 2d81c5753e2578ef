package io.tailrace.desktop.shell;

import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;

import java.net.URI;

/** What people ask of the console through its window; implemented where everything is wired. */
public interface Gestures {

    /** Try to connect at once. */
    void reconnect();

    /**
     * Leave this gateway and show another one, or the same as somebody else.
     *
     * @param token who we are there; empty for who we were
     */
    void connectTo(URI gateway, String token);

    /** Find a text in the log. */
    void findInLog(String text);

    /** Ask the chat. */
    void ask(String question);

    /** Follow the log's newest lines, or stop doing so. */
    void followLog();

    /** Change a run. */
    void command(RunKey run, CommandVerb verb);
}
