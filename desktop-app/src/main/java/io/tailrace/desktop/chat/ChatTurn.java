package io.tailrace.desktop.chat;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.Durations;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;
import io.tailrace.model.SuggestedAction;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A question and as much of its answer as there is.
 *
 * @param id what the answer repeats
 * @param question what was asked; empty when only the answer is known
 * @param run the run it is about, when one was chosen
 * @param askedAt when it was asked
 * @param phase how far the answer is
 * @param problem why there is no answer, a sentence
 * @param parts the statements that arrived, in their order
 * @param last the number of the last part; 0 while that is not known
 * @param actions what the answer offers to do next
 * @param partial whether the answer speaks of a run that is still going
 */
public record ChatTurn(
        String id,
        String question,
        @Nullable RunKey run,
        Instant askedAt,
        ChatPhase phase,
        @Nullable String problem,
        List<ChatPart> parts,
        int last,
        List<SuggestedAction> actions,
        boolean partial) {

    /** How long an answer may take before the waiting is explained. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MAX_PARTS = 1_000;

    /** Copies the lists. */
    public ChatTurn {
        parts = List.copyOf(parts);
        actions = List.copyOf(actions);
    }

    static ChatTurn asked(ChatAsk ask, Instant at) {
        return new ChatTurn(
                ask.question(),
                ask.message(),
                ask.run(),
                at,
                ChatPhase.SENDING,
                null,
                List.of(),
                0,
                List.of(),
                false);
    }

    ChatTurn with(ChatPhase next, @Nullable String why) {
        return new ChatTurn(id, question, run, askedAt, next, why, parts, last, actions, partial);
    }

    ChatTurn withQuestion(String text) {
        return new ChatTurn(id, text, run, askedAt, phase, problem, parts, last, actions, partial);
    }

    /** With one more part; a part that is there already changes nothing. */
    ChatTurn with(Event.ChatResponse response) {
        boolean known = parts.stream().anyMatch(part -> part.number() == response.part());
        if (known || parts.size() >= MAX_PARTS) {
            return this;
        }
        List<ChatPart> more = new ArrayList<>(parts);
        more.add(new ChatPart(response.part(), response.message(), response.citations()));
        more.sort(Comparator.comparingInt(ChatPart::number));
        int end = response.done() ? response.part() : last;
        List<SuggestedAction> offers = new ArrayList<>(actions);
        offers.addAll(response.actions());
        return new ChatTurn(
                id,
                question,
                run,
                askedAt,
                end > 0 && more.size() >= end ? ChatPhase.DONE : ChatPhase.ANSWERING,
                null,
                more,
                end,
                offers,
                partial || response.partial());
    }

    /** Whether the answer takes longer than it should. */
    boolean slow(Instant now) {
        return phase.open() && Duration.between(askedAt, now).compareTo(PATIENCE) > 0;
    }

    /** What is to be said of the waiting; empty while nothing needs saying. */
    String waiting(Instant now, boolean connected) {
        if (phase == ChatPhase.FAILED) {
            return problem == null ? text("chat.notSent") : problem;
        }
        if (!phase.open()) {
            return "";
        }
        if (!connected) {
            return text("chat.notConnected");
        }
        if (!slow(now)) {
            return "";
        }
        return parts.isEmpty()
                ? text("chat.noAnswer", Durations.say(PATIENCE))
                : text("chat.noRest");
    }
}
