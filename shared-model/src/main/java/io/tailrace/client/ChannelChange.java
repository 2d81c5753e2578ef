package io.tailrace.client;

/** When other channels count. */
public enum ChannelChange {
    /** The running stream carries them. */
    LIVE,
    /** There is no running stream that could be changed: they count from the next connection on. */
    LATER
}
