package io.tailrace.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Readers whose interest changes, and readers who share one. */
class ChangeTest extends WithBroker {

    /** Whatever lies between its position and the newest is read with the new interest. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1 << 20})
    void whatIsNotReadYetIsReadAsTheReaderWantsItNow(long tailBytes) throws Exception {
        try (Broker small = broker(tailBytes);
                var subscription = small.subscribe(in("logs:a:old"), new Start.At(0))) {
            small.publish(Lines.lines("logs:a:old", "1"));
            small.publish(Lines.lines("logs:a:new", "2"));
            subscription.change(in("logs:a:new"), new Start.At(0));
            small.publish(Lines.lines("logs:a:old", "3"));
            small.publish(Lines.lines("logs:a:new", "4"));

            assertThat(Lines.positions(subscription, 2)).containsExactly(2L, 4L);
        }
    }

    @Test
    void readsOnlyWhatIsAllowed() throws Exception {
        var open = new Interest(Lines.patterns("logs:a:*"), c -> !c.name().endsWith("secret"), 100);
        try (var subscription = broker.subscribe(open, new Start.At(0))) {
            broker.publish(Lines.lines("logs:a:secret", "1"));
            broker.publish(Lines.lines("logs:a:b", "2"));

            assertThat(Lines.positions(subscription, 1)).containsExactly(2L);
        }
    }

    @Test
    void equalInterestsAreOneAudienceUntilNobodyHasThem() {
        var first = broker.subscribe(in("logs:a:*"), new Start.At(0));
        var second = broker.subscribe(in("logs:a:*"), new Start.At(0));
        Audience shared = first.audience();
        assertThat(second.audience()).isSameAs(shared);

        first.close();
        broker.publish(Lines.lines("logs:a:b", "1"));
        assertThat(shared.channels()).containsExactly(new Channel("logs:a:b"));

        second.close();
        second.close();
        try (var third = broker.subscribe(in("logs:a:*"), new Start.At(0))) {
            assertThat(third.audience()).isNotSameAs(shared);
        }
    }

    /** More entries than are noted for an audience: the rest is looked for. */
    @Test
    void aReaderFarBehindGetsEverythingFromMemory() throws Exception {
        try (var subscription = broker.subscribe(in("logs:a:mine"), new Start.At(0))) {
            for (int i = 0; i < 300; i++) {
                broker.publish(Lines.lines("logs:a:mine", "m" + i));
                broker.publish(Lines.lines("logs:a:other", "o" + i));
            }
            List<Long> positions = Lines.positions(subscription, 300);

            assertThat(positions).hasSize(300).isSorted().allMatch(p -> p % 2 == 1);
        }
    }
}
