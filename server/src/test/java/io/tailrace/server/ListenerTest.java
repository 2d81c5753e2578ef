package io.tailrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenerTest {

    @ParameterizedTest
    @CsvSource({"1,1", "400,100", "1024,256", "5000,4232", "1048576,20000"})
    void leavesFilesToTheLogWhenFewMayBeOpen(long files, int connections) {
        assertThat(Listener.connections(files)).isEqualTo(connections);
    }
}
