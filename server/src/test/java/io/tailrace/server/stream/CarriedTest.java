package io.tailrace.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.model.Channel;
import io.tailrace.model.ChannelPattern;
import io.tailrace.server.access.Permission;
import io.tailrace.server.broker.Audience;
import io.tailrace.server.broker.Broker;
import io.tailrace.server.broker.Start;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a stream does when grants change. */
class CarriedTest {

    private final Broker broker = Brokers.inMemory();
    private final Somebody caller = new Somebody();
    private final Carried carried =
            new Carried(
                    broker, caller, List.of(ChannelPattern.parse("logs:*")), new Start.At(0), 10);

    /** One whose rights the test sets. */
    private static final class Somebody extends NamedCaller {
        private volatile Set<String> rights = Set.of("logs:a:b");
        private volatile long version;

        Somebody() {
            super("somebody");
        }

        @Override
        public boolean may(Permission permission, Channel channel) {
            return rights.contains(channel.name());
        }

        @Override
        public boolean mayAnywhere(Permission permission) {
            return !rights.isEmpty();
        }

        @Override
        public long version() {
            return version;
        }

        @Override
        public Object rights() {
            return rights;
        }
    }

    @AfterEach
    void close() {
        carried.close();
        broker.close();
    }

    /** With thousands of streams, each of them would look at all channels again. */
    @Test
    void aChangeOfSomebodyElsesGrantsIsNoneOfItsBusiness() {
        Audience before = carried.subscription().audience();
        caller.version = 1;

        assertThat(carried.due(Instant.now())).isFalse();
        assertThat(carried.follow()).isNull();
        assertThat(carried.subscription().audience()).isSameAs(before);
    }

    @Test
    void aChangeOfItsOwnIsFollowed() {
        caller.rights = Set.of("logs:a:c");

        assertThat(carried.due(Instant.now())).isTrue();
        assertThat(carried.follow()).isNotNull();
        assertThat(carried.due(Instant.now())).isFalse();
    }
}
