package io.tailrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPatternTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    *                 | logs:acme:orders          | true
                    *                 | metrics:acme              | true
                    *                 | session:other             | false
                    *:other           | session:other             | false
                    session:other     | session:other             | true
                    session:*         | session:other             | false
                    logs:*            | logs:acme:orders          | true
                    logs:*            | runs:acme:orders          | false
                    logs:acme:*       | logs:acme:orders          | true
                    logs:acme:*       | logs:acme2:orders         | false
                    logs:acme*:*      | logs:acme2:orders         | true
                    *:acme:orders     | runs:acme:orders          | true
                    logs:*:orders     | logs:acme:orders          | true
                    logs:*:orders     | logs:acme:orders-eu       | false
                    logs:acme:*-eu    | logs:acme:orders-eu       | true
                    logs:a*:b*c       | logs:ax:byyc              | true
                    logs:*rs          | logs:acme:orders          | false
                    logs:acme:orders  | logs:acme:orders          | true
                    logs:acme:orders  | logs:acme:orders2         | false
                    logs:acme:or.ers  | logs:acme:orders          | false
                    """)
    void matchesByPart(String pattern, String channel, boolean matches) {
        assertThat(ChannelPattern.parse(pattern).matches(new Channel(channel))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "logs", "logs:a", "logs:a:b c", "logs:a:b,c", "nonsense:a"})
    void refusesWhatCannotMatch(String pattern) {
        assertThatThrownBy(() -> ChannelPattern.parse(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs:a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b:*"})
    void aHostilePatternDoesNotHang(String pattern) {
        Channel long_ = new Channel("logs:" + "a".repeat(200) + ":x");

        assertThat(ChannelPattern.parse(pattern).matches(long_)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "logs:*", "*:acme", "logs:a*:b", "metrics:a*", "r*:a:*", "logs:a:b"})
    void somePatternsMayMatchAChannel(String pattern) {
        assertThat(ChannelPattern.parse(pattern).possible()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs:a*", "log*", "metrics:a:b*", "logs:a:b:*", "x*:*", "session:*"})
    void othersNeverDoAndSayWhy(String pattern) {
        ChannelPattern never = ChannelPattern.parse(pattern);
        assertThat(never.possible()).isFalse();
        assertThat(never.impossible()).contains("'" + pattern + "'").endsWith(".");
    }
}
