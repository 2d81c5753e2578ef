package io.tailrace.server.source.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.BsonDateTime;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What is remembered of the documents that were read. */
class WindowTest {

    private static final Duration TEN = Duration.ofSeconds(10);

    private static Window.Place place(BsonValue value) {
        return new Window.Place(value, value);
    }

    private static Window.Place second(int second) {
        return place(new BsonDateTime(second * 1_000L));
    }

    @Test
    void beginsAtTheBeginning() {
        var window = new Window(TEN);
        assertThat(window.isEmpty()).isTrue();
        assertThat(window.from()).isNull();
        assertThat(window.has(second(1))).isFalse();
    }

    @Test
    void looksBackForSoLongAndRemembersWhatIsThere() {
        var window = new Window(TEN);
        for (int i = 100; i <= 200; i++) {
            window.add(second(i));
            window.trim();
        }
        assertThat(window.from()).isEqualTo(new BsonDateTime(190_000));
        assertThat(window.has(second(195))).isTrue();
        assertThat(window.has(place(new BsonDateTime(195_001)))).isFalse();
        assertThat(window.ids(100)).hasSize(11);
        assertThat(window.ids(10)).isEmpty();
    }

    @Test
    void looksBackByTheTimeInIds() {
        var window = new Window(TEN);
        var id = new ObjectId(1_000_000, 7);
        window.add(place(new BsonObjectId(id)));
        window.trim();
        assertThat(window.from())
                .isEqualTo(new BsonObjectId(new ObjectId("%08x%016x".formatted(999_990, 0))));
    }

    @Test
    void valuesWithoutATimeAreReadFromTheNewestOn() {
        var window = new Window(TEN);
        window.add(place(new BsonInt32(9)));
        window.add(place(new BsonInt64(10)));
        window.trim();
        assertThat(window.from()).isEqualTo(new BsonInt64(10));
        assertThat(window.has(place(new BsonInt32(9)))).isTrue();
        assertThat(window.has(place(new BsonInt32(11)))).isFalse();
        assertThat(window.remembers()).isFalse();
    }

    @Test
    void remembersNoMoreThanALimitAndLooksNoFurtherBackThen() {
        var window = new Window(TEN);
        for (int i = 0; i < Window.MOST + 10; i++) {
            window.add(place(new BsonDateTime(i)));
        }
        assertThat(window.from()).isEqualTo(new BsonDateTime(9));
        assertThat(window.has(place(new BsonDateTime(3)))).isTrue();
        assertThat(window.has(place(new BsonDateTime(Window.MOST + 10)))).isFalse();
    }

    @Test
    void survivesBeingNoted() {
        var window = new Window(TEN);
        window.advance(new Window.Place(new BsonDateTime(5), new BsonString("a")));
        window.add(new Window.Place(new BsonDateTime(7), new BsonString("b")));
        window.add(place(new BsonDateTime(8)));
        Window again = Window.of(window.encode(), TEN);
        assertThat(again.encode()).isEqualTo(window.encode());
        assertThat(again.newest()).isEqualTo(place(new BsonDateTime(8)));
        assertThat(again.has(new Window.Place(new BsonDateTime(5), new BsonString("a")))).isTrue();
        assertThat(again.has(new Window.Place(new BsonDateTime(7), new BsonString("b")))).isTrue();
        assertThat(again.has(new Window.Place(new BsonDateTime(7), new BsonString("c")))).isFalse();
    }

    @Test
    void forgetsWhatCameAgainButNotThatItWasRead() {
        var window = new Window(Duration.ZERO);
        window.add(second(1));
        window.add(second(2));
        assertThat(window.forget(second(2))).isTrue();
        assertThat(window.forget(second(2))).isFalse();
        assertThat(window.newest()).isEqualTo(second(2));
        assertThat(window.remembers()).isTrue();
        window.settle();
        assertThat(window.remembers()).isFalse();
        assertThat(window.newest()).isEqualTo(second(2));
    }
}
