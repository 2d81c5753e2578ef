package io.tailrace.server.openlineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Random;

class WorkflowNamesTest {

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    acme,                     nightly,          acme,                nightly
                    trino://host:8080,        20261121_1_x,     trino,               queries
                    eu-prod,                  etl.load,         prod,                etl
                    s3://bucket/a b,          'x,y*z',          s3-bucket-a-b,       x-y-z
                    :::,                      ' ',              unnamed,             unnamed
                    """)
    void theFirstRuleThatFitsCounts(String namespace, String name, String workspace, String flow) {
        WorkflowNames names =
                WorkflowNames.of(List.of("trino*/* -> trino/queries", "*-prod/*.* => prod/$2"));

        assertThat(names.of(new JobName(namespace, name)))
                .isEqualTo(new WorkflowNames.Names(workspace, flow));
    }

    @Test
    void whateverTheNamesTheyMakeChannelsAndLongOnesStayDifferent() {
        WorkflowNames names = WorkflowNames.of(List.of());
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(300); n >= 0; n--) {
                text.append(
                        (char)
                                (random.nextInt(4) == 0
                                        ? random.nextInt(65_536)
                                        : 32 + random.nextInt(96)));
            }
            var where = names.of(new JobName(text.toString(), text.reverse().toString()));
            assertThat(Channel.logs(where.workspace(), where.workflow()).name()).isNotBlank();
        }
        assertThat(WorkflowNames.fit("x".repeat(200) + 1))
                .isNotEqualTo(WorkflowNames.fit("x".repeat(200) + 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nothing", "a/b", "a/b -> c", "a*/b -> $2/c", "a/b -> $1/c", "a -> b/c"})
    void aRuleThatMakesNoSenseIsRefused(String rule) {
        assertThatThrownBy(() -> WorkflowNames.of(List.of(rule)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OpenLineage rule '" + rule + "'");
    }
}
