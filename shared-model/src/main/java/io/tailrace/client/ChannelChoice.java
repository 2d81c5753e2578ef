package io.tailrace.client;

import io.tailrace.model.ChannelPattern;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which channels are wanted, and which the gateway has agreed to. They differ while a change is
 * under way: then a connection is made with the former ones and changed once it stands, because
 * only a change can say where new channels begin. Thread-safe.
 */
final class ChannelChoice {

    /** What is wanted. */
    record Wanted(List<ChannelPattern> channels, ChannelStart start) {}

    // Guarded by this.
    private Wanted wanted;
    private List<ChannelPattern> agreed;

    ChannelChoice(List<ChannelPattern> channels) {
        this.wanted = new Wanted(channels, new ChannelStart.Now());
        this.agreed = channels;
    }

    synchronized Wanted wanted() {
        return wanted;
    }

    /** What was wanted before. */
    synchronized Wanted want(List<ChannelPattern> channels, ChannelStart start) {
        Wanted before = wanted;
        wanted = new Wanted(List.copyOf(channels), start);
        if (start instanceof ChannelStart.Now) {
            agreed = wanted.channels(); // a connection may as well begin with them
        }
        return before;
    }

    /** The gateway has refused: back to what was wanted before, unless that changed meanwhile. */
    synchronized void refuse(Wanted refused, Wanted before) {
        if (wanted.equals(refused)) {
            wanted = before;
            agreed = before.channels();
        }
    }

    /** What cannot be had is not wanted any more. */
    synchronized void giveUp(Wanted what) {
        if (wanted.equals(what)) {
            wanted = new Wanted(agreed, new ChannelStart.Now());
        }
    }

    /** What was wanted is what there is, or will be with the next connection. */
    synchronized void agree(Wanted what) {
        if (wanted.equals(what)) {
            agreed = what.channels();
        }
    }

    /** The stream carries these from here on, and has sent what they begin with. */
    synchronized void carried(List<String> channels) {
        if (!differs(channels)) {
            agreed = wanted.channels();
        } else if (!(wanted.start() instanceof ChannelStart.Now)) { // another change is under way
            agreed = ChannelPattern.known(channels).orElse(agreed);
        }
    }

    /**
     * A stream that stands could not be changed either, as when something in between sends requests
     * to several gateways in turn: a connection begins with what is wanted.
     *
     * @return whether that is news
     */
    synchronized boolean missed(Wanted what) {
        boolean news = wanted.equals(what) && !agreed.equals(what.channels());
        if (news) {
            agreed = what.channels();
        }
        return news;
    }

    /** What to connect with. */
    synchronized List<ChannelPattern> agreed() {
        return agreed;
    }

    /** What was agreed to and what is wanted. */
    synchronized List<ChannelPattern> concerned() {
        return Stream.concat(agreed.stream(), wanted.channels().stream()).distinct().toList();
    }

    /** Whether a stream that carries these channels must be changed. */
    synchronized boolean differs(List<String> carried) {
        return !Set.copyOf(carried).equals(names(wanted.channels()));
    }

    private static Set<String> names(List<ChannelPattern> channels) {
        return channels.stream().map(ChannelPattern::toString).collect(Collectors.toSet());
    }
}
