package io.tailrace.desktop.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.client.Reply;
import io.tailrace.wire.DeadLetter;
import io.tailrace.wire.DeadLetterPage;

import javafx.collections.ListChangeListener;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

class LettersModelTest {

    private final BlockingQueue<Runnable> fx = new LinkedBlockingQueue<>();
    private final Box box = new Box();
    private final LettersModel model = new LettersModel(box, fx::add);

    @Test
    void allPagesAreListedNewestFirst() {
        for (int i = 1; i <= 2_500; i++) {
            box.letters.add(letter(i));
        }
        refresh();
        assertThat(model.letters()).hasSize(2_500);
        assertThat(model.letters().getFirst().id()).isEqualTo(2_500);
        assertThat(model.badge().get()).isEqualTo("2,500 dead letters");
    }

    @Test
    void oneThatIsTakenIsGoneOneThatIsNotSaysWhy() {
        box.letters.addAll(List.of(letter(1), letter(2)));
        refresh();
        model.choose(letter(1));
        settle();
        assertThat(model.body().get()).isEqualTo("no json ␀\uFFFD at all");

        box.refusal = "Still no JSON.";
        model.redrive(letter(1));
        settle();
        assertThat(model.said().get()).isEqualTo("It was not taken: Still no JSON.");
        assertThat(model.letters()).hasSize(2);

        box.refusal = "";
        model.redrive(letter(1));
        settle();
        assertThat(model.letters()).extracting(DeadLetter::id).containsExactly(2L);
        assertThat(model.chosen().get()).isNull();
    }

    @Test
    void whatIsReadStaysWhileTheListIsRefreshed() {
        box.letters.addAll(List.of(letter(1), letter(2)));
        refresh();
        model.choose(letter(1));
        settle();
        // a list view selects nothing while its items change
        model.letters().addListener((ListChangeListener<DeadLetter>) _ -> model.choose(null));
        box.letters.add(letter(3));
        refresh();
        assertThat(model.letters()).hasSize(3);
        assertThat(model.chosen().get()).isEqualTo(letter(1));
        assertThat(model.body().get()).isNotEmpty();
    }

    @Test
    void anOlderListDoesNotBringBackWhatIsDeleted() {
        box.letters.addAll(List.of(letter(1), letter(2)));
        refresh();
        box.late = true;
        model.refresh(); // is answered with both, and comes home last
        await().until(() -> box.asked);
        model.delete(letter(1));
        await().until(() -> !fx.isEmpty());
        fx.remove().run();
        assertThat(model.letters()).extracting(DeadLetter::id).containsExactly(2L);
        box.answer.countDown();
        await().until(() -> !fx.isEmpty());
        fx.remove().run();
        assertThat(model.letters()).extracting(DeadLetter::id).containsExactly(2L);
    }

    @Test
    void whoMayNotLookIsToldSoAndWhatWasKnownStays() {
        box.letters.add(letter(1));
        refresh();
        box.problem = new Reply.Refused<>("You may not see dead letters.");
        refresh();
        assertThat(model.problem().get()).isEqualTo("You may not see dead letters.");
        assertThat(model.letters()).hasSize(1);

        box.problem = new Reply.Unreachable<>("Nobody answers.");
        refresh();
        assertThat(model.problem().get()).isEqualTo("Nobody answers.");

        box.problem = null;
        refresh();
        assertThat(model.problem().get()).isEmpty();
    }

    @Test
    void purgingDeletesAll() {
        box.letters.addAll(List.of(letter(1), letter(2), letter(3)));
        refresh();
        model.purge();
        settle();
        assertThat(model.letters()).isEmpty();
        assertThat(model.badge().get()).isEmpty();
        assertThat(model.said().get()).isEqualTo("3 letters deleted.");
    }

    @Test
    void bytesThatAreNoTextAreShownInHexadecimal() {
        assertThat(BodyText.of(new byte[] {(byte) 0xff, 'a', 0}))
                .startsWith("000000  ff 61 00 ")
                .contains(".a.");
        assertThat(BodyText.of("a\tb\nc\u001b[31m".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("a\tb\nc␛[31m");
    }

    private void refresh() {
        model.refresh();
        settle();
    }

    /** Runs what comes home until nothing is waited for. */
    private void settle() {
        await().pollInSameThread()
                .until(() -> {
                    fx.stream()
                            .toList()
                            .forEach(task -> {
                                if (fx.remove(task)) {
                                    task.run();
                                }
                            });
                    return !model.busy().get() && fx.isEmpty();
                });
    }

    private static DeadLetter letter(long id) {
        return new DeadLetter(
                id, Instant.EPOCH, "No JSON.", "ci", "/api/events", "text/plain", 12, false, 0);
    }

    /** Letters in memory. */
    private static final class Box implements LetterBox {

        final List<DeadLetter> letters = new CopyOnWriteArrayList<>();
        final CountDownLatch answer = new CountDownLatch(1);
        volatile boolean late;
        volatile boolean asked;
        volatile String refusal = "";
        volatile @Nullable Reply<DeadLetterPage> problem;

        @Override
        public Reply<DeadLetterPage> page(long after, int limit) {
            Reply<DeadLetterPage> now = problem;
            if (now != null) {
                return now;
            }
            List<DeadLetter> page =
                    letters.stream().filter(letter -> letter.id() > after).limit(limit).toList();
            if (late) {
                asked = true;
                await().until(() -> answer.getCount() == 0);
            }
            return new Reply.Ok<>(
                    new DeadLetterPage(page, page.isEmpty() ? 0 : page.getLast().id()));
        }

        @Override
        public Reply<byte[]> body(long id) {
            return new Reply.Ok<>("no json \0\u200b at all".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public Reply<Boolean> redrive(long id) {
            return refusal.isEmpty() ? delete(id) : new Reply.Refused<>(refusal);
        }

        @Override
        public Reply<Boolean> delete(long id) {
            return new Reply.Ok<>(letters.removeIf(letter -> letter.id() == id));
        }

        @Override
        public Reply<Long> purge() {
            long count = letters.size();
            letters.clear();
            return new Reply.Ok<>(count);
        }
    }
}
