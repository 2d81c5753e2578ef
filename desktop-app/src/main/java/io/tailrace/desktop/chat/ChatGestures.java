package io.tailrace.desktop.chat;

import io.tailrace.model.Citation;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;

/** What answers offer to do outside of the chat. */
public interface ChatGestures {

    /** Opens the evidence of a statement. */
    void open(Citation citation);

    /** Finds a text in the log. */
    void find(String text);

    /** Asks to change a run. */
    void command(RunKey run, CommandVerb verb);
}
