package io.tailrace.desktop.letters;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.client.Reply;
import io.tailrace.wire.DeadLetter;
import io.tailrace.wire.DeadLetterPage;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The dead letters that we may see, newest first. FX thread only; needs no toolkit. */
public final class LettersModel {

    private static final int PAGE = 1_000;
    private static final int MOST = 10_000; // as many as a gateway keeps

    private final LetterBox box;
    private final Executor fx;
    private final ObservableList<DeadLetter> letters = FXCollections.observableArrayList();
    private final ObservableList<DeadLetter> view =
            FXCollections.unmodifiableObservableList(letters);
    private final ReadOnlyObjectWrapper<@Nullable DeadLetter> chosen =
            new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper body = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper badge = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper refreshing = new ReadOnlyBooleanWrapper();
    private final Set<Long> gone = new HashSet<>(); // deleted here; an older list may have them
    private int lists; // asked for, or made out of date
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper asked = new ReadOnlyBooleanWrapper();

    /**
     * Knows of none; {@link #refresh} asks.
     *
     * @param box where they are
     * @param fx brings answers back to the FX thread
     */
    public LettersModel(LetterBox box, Executor fx) {
        this.box = box;
        this.fx = fx;
    }

    /** Those that are known, newest first. */
    public ObservableList<DeadLetter> letters() {
        return view;
    }

    /** The one that is looked at, or null. */
    public ReadOnlyObjectProperty<@Nullable DeadLetter> chosen() {
        return chosen.getReadOnlyProperty();
    }

    /** What the chosen one says, as text; empty until that is known. */
    public ReadOnlyStringProperty body() {
        return body.getReadOnlyProperty();
    }

    /** Why the list cannot be had, a sentence; empty when it can. */
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /** What became of the latest wish, a sentence or nothing. */
    public ReadOnlyStringProperty said() {
        return said.getReadOnlyProperty();
    }

    /** How many there are, for a place with little room; empty without any. */
    public ReadOnlyStringProperty badge() {
        return badge.getReadOnlyProperty();
    }

    /** Whether the list is changing now: what a list view then selects, nobody chose. */
    ReadOnlyBooleanProperty refreshing() {
        return refreshing.getReadOnlyProperty();
    }

    /** Whether an answer is waited for. */
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /** Whether the gateway has answered, so that an empty list means that there is none. */
    public ReadOnlyBooleanProperty asked() {
        return asked.getReadOnlyProperty();
    }

    /** Asks for the list again; what was known stays until the answer is there. */
    public void refresh() {
        if (!busy.get()) {
            gone.clear(); // what is asked for now is as it is now
            int mine = ++lists;
            ask(
                    "letters",
                    this::all,
                    reply -> {
                        if (mine == lists) {
                            take(reply, this::listed, problem::set);
                        }
                    });
        }
    }

    /** Says why there is nothing to ask. */
    public void unavailable(String why) {
        problem.set(why);
    }

    /** Looks at one, or at none. */
    public void choose(@Nullable DeadLetter letter) {
        DeadLetter before = chosen.get();
        if (refreshing.get() || (letter != null && letter.equals(before))) {
            return;
        }
        chosen.set(letter);
        if (letter != null && before != null && letter.id() == before.id()) {
            return; // tried once more, and what it says is the same
        }
        body.set("");
        if (letter != null) {
            ask(
                    "letter",
                    () -> box.body(letter.id()),
                    reply -> {
                        if (letter.equals(chosen.get())) {
                            take(reply, bytes -> body.set(BodyText.of(bytes)), body::set);
                        }
                    });
        }
    }

    /** Sends one again; when it is taken it is gone. */
    public void redrive(DeadLetter letter) {
        said.set(text("letters.sending"));
        ask(
                "redrive",
                () -> box.redrive(letter.id()),
                reply -> {
                    switch (reply) {
                        case Reply.Ok<Boolean> _ -> gone(letter, text("letters.taken"));
                        case Reply.Refused<Boolean>(String why) -> {
                            said.set(text("letters.notTaken", why));
                            refresh(); // counts how often it was tried
                        }
                        case Reply.Unreachable<Boolean>(String why) ->
                                said.set(text("letters.unknown", why));
                    }
                });
    }

    /** Deletes one. */
    public void delete(DeadLetter letter) {
        ask(
                "delete-letter",
                () -> box.delete(letter.id()),
                reply -> take(reply, _ -> gone(letter, text("letters.gone")), said::set));
    }

    /** Deletes all that we may see, also those that came meanwhile. */
    public void purge() {
        ask(
                "purge-letters",
                box::purge,
                reply ->
                        take(
                                reply,
                                count -> {
                                    said.set(count("letters.purged", count));
                                    lists++; // one under way is older
                                    listed(List.of());
                                },
                                said::set));
    }

    private <T> void ask(String name, Supplier<Reply<T>> call, Consumer<Reply<T>> then) {
        busy.set(true);
        Thread _ =
                Thread.ofVirtual()
                        .name(name)
                        .start(() -> {
                            Reply<T> reply = call.get();
                            fx.execute(() -> {
                                busy.set(false);
                                then.accept(reply);
                            });
                        });
    }

    private Reply<List<DeadLetter>> all() {
        List<DeadLetter> all = new ArrayList<>();
        long after = 0;
        while (all.size() < MOST) {
            Reply<DeadLetterPage> reply = box.page(after, PAGE);
            if (!(reply instanceof Reply.Ok<DeadLetterPage>(DeadLetterPage page))) {
                return reply.map(DeadLetterPage::letters);
            }
            all.addAll(page.letters());
            if (page.letters().size() < PAGE) {
                break;
            }
            after = page.next();
        }
        return new Reply.Ok<>(List.copyOf(all.reversed()));
    }

    private void listed(List<DeadLetter> answer) {
        List<DeadLetter> now =
                answer.stream().filter(letter -> !gone.contains(letter.id())).toList();
        problem.set("");
        asked.set(true);
        if (!letters.equals(now)) {
            refreshing.set(true);
            letters.setAll(now);
            refreshing.set(false);
        }
        badge.set(now.isEmpty() ? "" : count("letters.badge", now.size()));
        DeadLetter before = chosen.get();
        if (before != null) {
            choose(
                    now.stream()
                            .filter(letter -> letter.id() == before.id())
                            .findFirst()
                            .orElse(null));
        }
    }

    private void gone(DeadLetter letter, String words) {
        said.set(words);
        boolean _ = gone.add(letter.id());
        listed(letters.stream().filter(other -> other.id() != letter.id()).toList());
    }

    private static <T> void take(Reply<T> reply, Consumer<T> good, Consumer<String> bad) {
        switch (reply) {
            case Reply.Ok<T>(T value) -> good.accept(value);
            case Reply.Refused<T>(String reason) -> bad.accept(reason);
            case Reply.Unreachable<T>(String reason) -> bad.accept(reason);
        }
    }
}
