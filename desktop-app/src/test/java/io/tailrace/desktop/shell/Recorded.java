package io.tailrace.desktop.shell;

import io.tailrace.model.CommandVerb;
import io.tailrace.model.RunKey;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Gestures that only write down what was asked for. */
final class Recorded implements Gestures {

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
}
