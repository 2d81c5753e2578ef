package io.tailrace.desktop.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.client.RootConnectionSettings;
import io.tailrace.client.StreamItem;
import io.tailrace.model.ChannelPattern;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

class ConnectionTest {

    @Test
    void aCacheThatCannotBeReadIsSaidAndTheConsoleGoesOnWithoutIt() {
        RootConnectionSettings settings =
                RootConnectionSettings.of(
                        URI.create("http://127.0.0.1:1"), "s", List.of(ChannelPattern.parse("*")));
        List<StreamItem> items = new ArrayList<>();
        try (Connection connection =
                Connection.live(
                        settings,
                        () -> {
                            throw new IllegalStateException("nonsense on the disk");
                        })) {
            connection.start();
            Awaitility.await()
                    .untilAsserted(() -> {
                        int _ = connection.inbox().drain(10, items::add);
                        assertThat(items).anyMatch(StreamItem.Changed.class::isInstance);
                    });
        }
        assertThat(items.getFirst().toString())
                .contains("cannot be read (nonsense on the disk). The console shows");
    }
}
