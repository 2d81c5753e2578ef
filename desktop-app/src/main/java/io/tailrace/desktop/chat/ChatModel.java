package io.tailrace.desktop.chat;

import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.model.Entry;
import io.tailrace.model.Event;
import io.tailrace.model.RunKey;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * One conversation. A question stands there at once, its answer grows as parts arrive, in the order
 * of their numbers and each once, also over reconnects. What views see changes with {@link
 * #batchEnded}. FX thread only.
 */
public final class ChatModel {

    /** The longest question that is taken, in characters. */
    public static final int MAX_QUESTION = 2_000;

    static final int MAX_TURNS = 200;

    private static final List<String> ABOUT_ALL =
            List.of(text("chat.ask.running"), text("chat.ask.failed"), text("chat.ask.rows"));
    private static final List<String> ABOUT_ONE =
            List.of(
                    text("chat.ask.running"),
                    text("chat.ask.failed"),
                    text("chat.ask.long"),
                    text("chat.ask.rows"));

    private final ChatSender sender;
    private final Executor fx;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final String conversation;
    private final ObservableList<ChatTurn> turns = FXCollections.observableArrayList();
    private final ObservableList<ChatTurn> turnsView =
            FXCollections.unmodifiableObservableList(turns);
    private final ObjectProperty<@Nullable RunKey> focus = new SimpleObjectProperty<>();
    private final BooleanProperty connected = new SimpleBooleanProperty(true);
    private final ReadOnlyObjectWrapper<Instant> now;
    private final Map<String, ChatTurn> byId = new LinkedHashMap<>();
    private boolean dirty;

    /**
     * An empty conversation.
     *
     * @param sender the call to the gateway
     * @param fx brings results back to the FX thread
     * @param clock tells how long an answer takes
     * @param ids gives ids that nobody else gives, for the conversation and its questions
     */
    public ChatModel(ChatSender sender, Executor fx, InstantSource clock, Supplier<String> ids) {
        this.sender = sender;
        this.fx = fx;
        this.clock = clock;
        this.ids = ids;
        this.conversation = ids.get();
        this.now = new ReadOnlyObjectWrapper<>(clock.instant());
    }

    /** Asks a question about the run in focus; blank text asks nothing, long text is cut. */
    public void ask(String text) {
        String message = text.strip();
        if (message.isEmpty()) {
            return;
        }
        if (message.length() > MAX_QUESTION) {
            message = message.substring(0, MAX_QUESTION);
        }
        ChatAsk ask = new ChatAsk(conversation, ids.get(), message, focus.get());
        put(ChatTurn.asked(ask, clock.instant()));
        refresh();
        Thread.ofVirtual().name("chat-question").start(() -> send(ask));
    }

    /** Takes questions and answers; everything else changes nothing. */
    public void apply(Entry entry) {
        if (entry.event() instanceof Event.ChatQuestion question) {
            asked(question);
        } else if (entry.event() instanceof Event.ChatResponse response) {
            answered(response);
        }
    }

    /** A batch is over; called once per pulse, also when nothing was received. */
    public void batchEnded() {
        Instant time = clock.instant();
        if (Duration.between(now.get(), time).abs().toMillis() >= 1_000) {
            now.set(time);
        }
        if (dirty) {
            refresh();
        }
    }

    /** The questions and their answers, oldest first. */
    public ObservableList<ChatTurn> turns() {
        return turnsView;
    }

    /** The run that questions are about; null for none in particular. */
    public ObjectProperty<@Nullable RunKey> focus() {
        return focus;
    }

    /** Whether answers can arrive now. */
    public BooleanProperty connected() {
        return connected;
    }

    /** The id of the conversation. */
    public String conversation() {
        return conversation;
    }

    /** What is worth asking next: not what was asked last. */
    List<String> suggestions() {
        List<String> asked = questions();
        String last = asked.isEmpty() ? "" : asked.getLast();
        return (focus.get() == null ? ABOUT_ALL : ABOUT_ONE)
                .stream().filter(question -> !question.equals(last)).toList();
    }

    /** What was asked, oldest first. */
    List<String> questions() {
        return turns.stream().map(ChatTurn::question).filter(q -> !q.isEmpty()).toList();
    }

    ReadOnlyObjectProperty<Instant> now() {
        return now.getReadOnlyProperty();
    }

    /** Does something on the FX thread after what is going on there. */
    void later(Runnable action) {
        fx.execute(action);
    }

    private void send(ChatAsk ask) {
        try {
            sender.send(ask);
            fx.execute(() -> sent(ask.question()));
        } catch (RuntimeException e) {
            String reason = e.getMessage();
            fx.execute(() -> failed(ask.question(), reason));
        }
    }

    private void sent(String id) {
        ChatTurn turn = byId.get(id);
        if (turn != null && turn.phase() == ChatPhase.SENDING) {
            put(turn.with(ChatPhase.WAITING, null));
            refresh();
        }
    }

    private void failed(String id, @Nullable String reason) {
        ChatTurn turn = byId.get(id);
        if (turn != null && turn.phase() == ChatPhase.SENDING) {
            put(turn.with(ChatPhase.FAILED, reason));
            refresh();
        }
    }

    private void asked(Event.ChatQuestion question) {
        ChatTurn known = byId.get(question.question());
        if (known == null) {
            ChatAsk ask =
                    new ChatAsk(
                            question.conversation(),
                            question.question(),
                            question.message(),
                            question.subject().runKey());
            put(ChatTurn.asked(ask, question.timestamp()).with(ChatPhase.WAITING, null));
        } else if (known.question().isEmpty()) {
            put(known.withQuestion(question.message()));
        } else if (known.phase() == ChatPhase.SENDING || known.phase() == ChatPhase.FAILED) {
            put(known.with(ChatPhase.WAITING, null));
        }
    }

    private void answered(Event.ChatResponse response) {
        ChatTurn known = byId.get(response.question());
        if (known == null) {
            ChatAsk unknown = new ChatAsk(response.conversation(), response.question(), "", null);
            known = ChatTurn.asked(unknown, response.timestamp());
        }
        put(known.with(response));
    }

    private void put(ChatTurn turn) {
        byId.put(turn.id(), turn);
        if (byId.size() > MAX_TURNS) {
            byId.remove(byId.keySet().iterator().next());
        }
        dirty = true;
    }

    /** Views see only what changed. */
    private void refresh() {
        dirty = false;
        List<ChatTurn> wanted = new ArrayList<>(byId.values());
        while (!turns.isEmpty()
                && !wanted.isEmpty()
                && !turns.getFirst().id().equals(wanted.getFirst().id())) {
            turns.removeFirst();
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (i == turns.size()) {
                turns.add(wanted.get(i));
            } else if (!turns.get(i).equals(wanted.get(i))) {
                turns.set(i, wanted.get(i));
            }
        }
    }
}
