package io.tailrace.desktop.shell;

import io.tailrace.desktop.connection.ChannelLedger;
import io.tailrace.model.Channel;
import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;
import io.tailrace.wire.KeptChannel;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Gestures that only write down what was asked for. */
final class Recorded implements Gestures {

    private static final RunKey RUN = new RunKey("acme", "nightly-orders", "r-17");

    final List<String> asked = new ArrayList<>();

    @Override
    public void reconnect() {
        asked.add("reconnect");
    }

    @Override
    public void connectTo(URI gateway, String token) {
        asked.add("connect to " + gateway + (token.isEmpty() ? "" : " with " + token));
    }

    @Override
    public List<Found> search(String text) {
        return text.startsWith("nightly")
                ? List.of(new Found("nightly-orders, 02:00", "run", () -> asked.add("open run")))
                : List.of();
    }

    @Override
    public void findInLog(String text) {
        asked.add("find " + text);
    }

    @Override
    public void ask(String question) {
        asked.add("ask " + question);
    }

    @Override
    public void followLog() {
        asked.add("follow");
    }

    @Override
    public void command(RunKey run, CommandVerb verb) {
        asked.add(verb.wireName() + " " + run);
    }

    @Override
    public void chooseChannels() {
        asked.add("choose channels");
    }

    @Override
    public List<String> channels() {
        return List.of("*");
    }

    @Override
    public void receive(List<String> channels) {
        asked.add("receive " + String.join(",", channels));
    }

    @Override
    public void askChannels(Consumer<List<KeptChannel>> taker) {
        taker.accept(List.of(new KeptChannel(Channel.logs("acme", "orders"), 12, 100, null)));
    }

    @Override
    public String tokenEnd() {
        return "none";
    }

    @Override
    public void backFill(ChannelLedger.Missing gap) {
        asked.add("fill " + gap.channel());
    }

    @Override
    public void saveIncident(String note) {
        asked.add("save " + note);
    }

    @Override
    public void openIncident() {
        asked.add("open incident");
    }

    @Override
    public void openIncident(Path file) {
        asked.add("open incident " + file);
    }

    static Headline headline(String state) {
        return headline(state, "");
    }

    static Headline headline(String state, String blocked) {
        return new Headline(
                RUN,
                "02:00",
                state,
                "accent",
                "eta 02:24",
                "+6 m",
                Set.of(CommandVerb.PAUSE, CommandVerb.CANCEL),
                blocked);
    }

    static Region pane(String name) {
        StackPane pane = new StackPane(new Label(name));
        pane.setFocusTraversable(true);
        return pane;
    }
}
