package io.tailrace.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.model.Channel;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

class GrantTest {

    private static boolean allows(String grant, String user, Permission permission, String name) {
        return new Rules(List.of(Grant.parse(grant)), user).allow(permission, new Channel(name));
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    subscribe:logs:acme:*,   logs:acme:etl,      true
                    subscribe:logs:acme:*,   logs:acmé:etl,      false
                    subscribe:logs:acme:*,   logs:аcme:etl,      false
                    subscribe:logs:acme:*,   logs:acme2:etl,     false
                    subscribe:logs:acme:*,   runs:acme:etl,      false
                    subscribe:logs:acme:*,   logs:ACME:etl,      false
                    subscribe:logs:acme:*,   logs:acme:..,       true
                    subscribe:logs:acme:*,   logs:..:acme,       false
                    subscribe:logs:acme:*,   logs:acme%2fx:etl,  false
                    subscribe:*,             session:me,         false
                    subscribe:session:*,     session:me,         false
                    subscribe:session:me,    session:me,         true
                    subscribe:alerts:{user}, alerts:alice,       true
                    subscribe:alerts:{user}, alerts:bob,         false
                    publish:logs:acme:*,     logs:acme:etl,      false
                    """)
    void allowsWhatItsPatternMeansAndNothingElse(String grant, String channel, boolean allowed) {
        assertThat(allows(grant, "alice", Permission.SUBSCRIBE, channel)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a*",
                "a:b",
                "{user}",
                "a,b",
                "a b",
                "",
                "аlice",
                "a\u202Eb",
                "a\u0000",
                "a/..",
                "anybody",
                "a\nb",
                "%2a",
                ".."
            })
    void aNameThatCouldWidenAPatternGetsNothing(String user) {
        assertThat(Grant.parse("subscribe:alerts:{user}").channels(user)).isEmpty();
        assertThat(Grant.parse("subscribe:logs:{user}:*").channels(user)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "subscribe",
                "subscribe:",
                "SUBSCRIBE:logs:a:b",
                "Admin",
                "admin:*",
                "write:logs:a:b",
                "subscribe:odd:a",
                "subscribe:logs:a",
                "subscribe:logs:a:b,runs:a:b",
                "subscribe: logs:a:*",
                "subscribe:logs:a:*\r\nadmin"
            })
    void whatIsNoGrantIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> Grant.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a grant")
                .hasMessageEndingWith(".")
                .message()
                .doesNotContain("\r", "\n");
    }

    @Test
    void adminDoesNotReadWithoutAGrant() {
        Rules rules = new Rules(List.of(Grant.parse("admin")), "root");

        assertThat(rules.admin()).isTrue();
        assertThat(rules.allow(Permission.SUBSCRIBE, new Channel("logs:a:b"))).isFalse();
        assertThat(new Rules(List.of(Grant.parse("subscribe:*")), "x").admin()).isFalse();
    }

    @Test
    void isWrittenAsItIsRead() {
        for (String text : List.of("admin", "subscribe:alerts:{user}", "command:commands:a:*")) {
            assertThat(Grant.parse(text).toString()).isEqualTo(text);
        }
    }
}
