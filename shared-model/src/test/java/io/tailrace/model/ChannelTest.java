package io.tailrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logs:acme:nightly-orders",
                "runs:acme:dag.task/über",
                "commands:a:b",
                "metrics:acme",
                "alerts:all",
                "dashboards:42",
                "session:Ab_1.-"
            })
    void takesEveryClassWithItsParts(String name) {
        assertThat(new Channel(name)).hasToString(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                    | must start with one of
                    log:a:b               | must start with one of
                    logs                  | must look like logs:{workspace}:{workflow}
                    logs:a                | must look like logs:{workspace}:{workflow}
                    logs:a:b:c            | must look like logs:{workspace}:{workflow}
                    metrics:a:b           | must look like metrics:{name}
                    logs::b               | may not have empty parts
                    logs:a:               | may not have empty parts
                    'logs:a:b c'          | may not have empty parts
                    logs:a:*              | may not have empty parts
                    'logs:a,b:c'          | may not have empty parts
                    """)
    void saysWhatANameMustLookLike(String name, String reason) {
        assertThatThrownBy(() -> new Channel(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesControlCharactersAndEndlessNames() {
        assertThatThrownBy(() -> new Channel("logs:a:b\n")).hasMessageContaining("control");
        assertThatThrownBy(() -> new Channel("logs:a:\u0085")).hasMessageContaining("control");
        assertThatThrownBy(() -> new Channel("logs:a:" + "x".repeat(300)))
                .hasMessageContaining("at most 256 characters");
    }

    @Test
    void knowsItsWorkspaceAndWorkflow() {
        assertThat(Channel.logs("acme", "orders").workspace()).isEqualTo("acme");
        assertThat(Channel.runs("acme", "orders").workflow()).isEqualTo("orders");
        assertThat(Channel.metrics("acme").workspace()).isEqualTo("acme");
        assertThat(Channel.metrics("acme").workflow()).isNull();
        assertThat(Channel.session("s").workspace()).isNull();
    }
}
