package io.tailrace.desktop.shell;

import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;
import io.tailrace.wire.KeptChannel;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

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

    /** What contains every word of a text: runs, tasks, measures, alerts; a few of each. */
    List<Found> search(String text);

    /** Find a text in the log. */
    void findInLog(String text);

    /** Ask the chat. */
    void ask(String question);

    /** Follow the log's newest lines, or stop doing so. */
    void followLog();

    /** Change a run. */
    void command(RunKey run, CommandVerb verb);

    /** Ask what to receive; opens a sheet. */
    void chooseChannels();

    /** What is received now: patterns, without the session's own channel. */
    List<String> channels();

    /** Receive other channels over the same connection. */
    void receive(List<String> channels);

    /** Ask the gateway what it keeps; the answer comes on the FX thread, or not at all. */
    void askChannels(Consumer<List<KeptChannel>> taker);

    /** When the token ends, in words. */
    String tokenEnd();

    /** Fetch what the gateway still keeps of a gap. */
    void backFill(ChannelLedger.Missing gap);

    /** Save everything about the chosen run into one file, with a note. */
    void saveIncident(String note);

    /** Open a file that was saved like that. */
    void openIncident();

    /** Open that file, which should have been saved like that. */
    void openIncident(Path file);
}
