package io.tailrace.server.redaction;

import io.tailrace.model.Event;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Masks secrets in events, before anything is stored or sent. What was masked is gone: neither the
 * log nor a reader ever has it. The event says by the member {@code redacted} which rules found
 * something. Immutable and thread-safe.
 */
public final class Redactor {

    private static final String ESCAPE = "\\u00"; // letters may hide behind it

    private final List<RedactionRule> rules;
    private final boolean names;
    private final Triggers texts;
    private final Triggers json;
    private final long always;
    private final RedactionObserver observer;

    /**
     * Masks by those rules.
     *
     * @param observer told of every rule that masked something in an event
     */
    public Redactor(RedactionRules rules, RedactionObserver observer) {
        this.rules = rules.texts();
        this.names = rules.names();
        this.observer = observer;
        texts = Triggers.of(this.rules);
        json = Triggers.of(rules.withNames()).and(ESCAPE);
        long open = 0;
        for (int i = 0; i < this.rules.size(); i++) {
            open |= this.rules.get(i).literals().isEmpty() ? 1L << i : 0;
        }
        always = open;
    }

    /**
     * Whether there may be a secret in these bytes, a JSON object or a line of text: one quick pass
     * that says yes too often, and never no where {@link #redact} would find something.
     */
    public boolean suspicious(byte[] bytes, int offset, int length) {
        return always != 0 || json.scan(bytes, offset, length) != 0;
    }

    /** The event without secrets; the same object when there are none. */
    public Event.Published redact(Event.Published event) {
        if (rules.isEmpty() && !names) {
            return event;
        }
        var masking = new Masking(rules, texts, always, names);
        Event.Published masked = EventTexts.mask(event, masking);
        if (masking.found().isEmpty()) {
            return event;
        }
        masking.found().forEach(observer::masked);
        masking.say();
        return EventTexts.mask(masked, masking);
    }

    /** Whether private keys are looked for. */
    boolean masksKeys() {
        return rules.stream().anyMatch(rule -> rule.name().equals(StandardRules.PRIVATE_KEY));
    }

    /** A line that is a part of a private key. */
    Event.Published hide(Event.Log line) {
        observer.masked(StandardRules.PRIVATE_KEY);
        var masking = new Masking(rules, texts, always, names);
        masking.found().add(StandardRules.PRIVATE_KEY);
        masking.say();
        Event.Log hidden =
                new Event.Log(line.header(), line.level(), Masking.MASK, line.logger(), null);
        return EventTexts.mask(hidden, masking);
    }

    /** Bytes of no event: JSON without its secrets, or any other text; every other byte stays. */
    public byte[] redact(byte[] bytes) {
        var masking = new Masking(rules, texts, always, names);
        byte[] json = JsonMask.masked(bytes, masking);
        if (json != null) {
            masking.found().forEach(observer::masked);
            return json;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1); // keeps every byte
        String masked = redact(text);
        return masked.equals(text) ? bytes : masked.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A text of no event, such as what is kept of a body that could not be understood. */
    public String redact(String text) {
        var masking = new Masking(rules, texts, always, names);
        String masked = masking.text(text);
        masking.found().forEach(observer::masked);
        return masked;
    }
}
