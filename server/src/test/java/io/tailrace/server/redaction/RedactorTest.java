package io.tailrace.server.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.model.Channel;
import io.tailrace.model.Event;
import io.tailrace.model.Header;
import io.tailrace.model.Level;
import io.tailrace.model.Subject;
import io.tailrace.wire.EventCodec;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

class RedactorTest {

    private final List<String> told = new ArrayList<>();
    private final Redactor redactor = new Redactor(RedactionRules.standard(), told::add);

    // Put together here, so that nobody takes this file for one that has secrets in it.
    private static final String JWT =
            "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0" + ".c2lnbmF0dXJl";
    private static final String GITHUB = "gh" + "p_" + "a1B2".repeat(9);
    private static final String AWS = "AK" + "IA" + "ABCDEFGHIJKLMNOP";
    private static final String GOOGLE = "AI" + "za" + "Sy".repeat(17) + "x";
    private static final String SLACK = "xo" + "xb-123456789012-abcdefGHIJ";

    private static Event.Log log(String message) {
        return log(message, Map.of());
    }

    private static Event.Log log(String message, Map<String, Object> fields) {
        Header header = Header.of(Channel.logs("a", "b"), Instant.EPOCH, Subject.NONE);
        return new Event.Log(
                header.withFields(new java.util.LinkedHashMap<>(fields)),
                Level.INFO,
                message,
                null,
                null);
    }

    private String masked(String text) {
        Event.Published event = log(text);
        byte[] json = EventCodec.encode(event);
        Event.Published result = redactor.redact(event);
        if (!result.equals(event)) {
            assertThat(redactor.suspicious(json, 0, json.length)).isTrue();
            assertThat(result.header().fields()).containsKey("redacted");
        }
        return result instanceof Event.Log log ? log.message() : "";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    url-password | open jdbc:postgresql://etl:hunter2@db:5432/shop now | open jdbc:postgresql://etl:[redacted]@db:5432/shop now
                    url-password | redis://:p@ss@cache:6379                           | redis://:[redacted]@cache:6379
                    url-password | postgres://svc:Пароль1@db/x                        | postgres://svc:[redacted]@db/x
                    url-password | amqp:\\/\\/u:geheim@mq                             | amqp:\\/\\/u:[redacted]@mq
                    named-secret | connect with password=hunter2 user=x               | connect with password=[redacted] user=x
                    named-secret | DB_PASSWORD: "with space"                          | DB_PASSWORD: "[redacted]"
                    named-secret | {"apiKey":"abc123","n":1}                          | {"apiKey":"[redacted]","n":1}
                    named-secret | {\\"clientSecret\\":\\"abc123\\"}                  | {\\"clientSecret\\":\\"[redacted]\\"}
                    named-secret | run.sh --db-password hunter2 --verbose             | run.sh --db-password [redacted] --verbose
                    named-secret | AccountName=x;AccountKey=abcd==;Suffix=y           | AccountName=x;AccountKey=[redacted];Suffix=y
                    named-secret | https://h/cb?access_token=abcdef&state=1           | https://h/cb?access_token=[redacted]&state=1
                    named-secret | fs.s3a.secret.key=hunter2 fs.s3a.path=x            | fs.s3a.secret.key=[redacted] fs.s3a.path=x
                    named-secret | SECRET_KEY=hunter2                                 | SECRET_KEY=[redacted]
                    named-secret | s3.secret-key: hunter2                             | s3.secret-key: [redacted]
                    named-secret | secret_key = 'hunter2'                             | secret_key = '[redacted]'
                    named-secret | --account-key hunter2 --api.key=hunter2            | --account-key [redacted] --api.key=[redacted]
                    named-secret | {"id_token": "hunter2", "n": "7", "x               | {"id_token": "[redacted]", "n": "7", "x
                    named-secret | {"a":"b","github_token":"hun\\"ter2","c":"d        | {"a":"b","github_token":"[redacted]","c":"d
                    named-secret | {"b":"{\\"db_credentials\\":\\"hunter2\\"}         | {"b":"{\\"db_credentials\\":\\"[redacted]\\"}
                    named-secret | {'jwt_token': 'hunter2', 'n': 'it'}                | {'jwt_token': '[redacted]', 'n': 'it'}
                    named-secret | {"slack_token":"hunter2                            | {"slack_token":"[redacted]
                    named-secret | run --token abc123 --x                             | run --token [redacted] --x
                    named-secret | run --token=abc123                                 | run --token=[redacted]
                    bearer-token | Authorization: Bearer abcdefghijklmnop1234         | Authorization: Bearer [redacted]
                    bearer-token | authorization: Basic dXNlcjpwdw==                  | authorization: Basic [redacted]
                    """)
    void masksWhatIsSecretAndKeepsTheRest(String rule, String text, String expected) {
        assertThat(masked(text)).isEqualTo(expected);
        assertThat(told).contains(rule);
    }

    @Test
    void masksTokensOfWellKnownIssuers() {
        for (String secret : List.of(JWT, GITHUB, AWS, GOOGLE, SLACK)) {
            assertThat(masked("got " + secret + " back")).isEqualTo("got [redacted] back");
            assertThat(masked(secret)).isEqualTo("[redacted]");
        }
        assertThat(told).contains("jwt", "github-token", "aws-key", "google-key", "slack-token");
    }

    @Test
    void masksPrivateKeysWithOrWithoutTheirEnd() {
        String begin = "-----BEGIN RSA PRIVATE " + "KEY-----";
        String end = "-----END RSA PRIVATE " + "KEY-----";

        assertThat(masked("a\n" + begin + "\nMIIE\n-x-\n" + end + "\nb"))
                .isEqualTo("a\n" + begin + "[redacted]" + end + "\nb");
        assertThat(masked(begin + "\nMIIE")).isEqualTo(begin + "[redacted]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "created 12 tokens for the tokenizer",
                "Unexpected token: foo at line 3",
                "see https://example.org/a:b/c@d and mail me@example.org",
                "password policy loaded, secrets refreshed, credential provider ready",
                "PWD=/home/etl",
                "password=null token=5",
                "using password=${DB_PASSWORD} from the vault",
                "key=42 partition_key=7 monkey: banana",
                "secret_count=12 secret_name: db secretary=anna",
                "{\"token_type\":\"jwt\",\"secret_name\":\"db\",\"max_tokens\":\"",
                "the bearer of this message",
                "2026-11-21T10:00:00Z 10.0.0.1:5432 loaded 5 rows"
            })
    void leavesAloneWhatOnlyLooksAlike(String text) {
        Event.Published event = log(text);
        assertThat(redactor.redact(event)).isSameAs(event);
        assertThat(told).isEmpty();
    }

    @Test
    void masksFieldsAndPairsWithSecretNamesHoweverDeep() {
        Event.Published event =
                log(
                        "x",
                        Map.of(
                                "env",
                                List.of(
                                        Map.of("name", "DB_PASSWORD", "value", "a"),
                                        Map.of("name", "HOME", "value", "/root"),
                                        Map.of("key", "HF_TOKEN", "value", "b")),
                                "conf",
                                Map.of(
                                        "fs.s3a.secret.key",
                                        "e",
                                        "spark.db.password",
                                        "c",
                                        "max_tokens",
                                        5L,
                                        "token",
                                        6L,
                                        "credentials",
                                        Map.of("user", "u")),
                                "url",
                                "ftp://u:d@h"));

        Event.Published masked = redactor.redact(event);

        String json = new String(EventCodec.encode(masked), StandardCharsets.UTF_8);
        assertThat(json)
                .contains("\"/root\"", "\"spark.db.password\":\"[redacted]\"")
                .contains("\"max_tokens\":5", "\"token\":6", "\"credentials\":\"[redacted]\"")
                .contains("ftp://u:[redacted]@h")
                .doesNotContain("\"a\"", "\"b\"", "\"c\"", "\"e\"");
        assertThat(masked.header().fields().get("redacted"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder("secret-field", "url-password");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret_key",
                "secretKey",
                "s3.secret-key",
                "aws_secret_access_key",
                "passwords",
                "secrets",
                "client_secrets",
                "api_keys",
                "refresh_tokens"
            })
    void masksFieldsOfSuchNamesButNotHowManyThereAre(String name) {
        Event.Log masked = (Event.Log) redactor.redact(log("x", Map.of(name, List.of("hunter2"))));

        assertThat(masked.header().fields()).containsEntry(name, "[redacted]");
        Event.Published text = log("x", Map.of(name + "_count", 5L, name + "_path", "a"));
        assertThat(redactor.redact(text)).isSameAs(text);
        Event.Published counted = log("x", Map.of("secrets", 5L, "api_tokens", 5L));
        assertThat(redactor.redact(counted)).isSameAs(counted);
    }

    @Test
    void aPublishersOwnWordStaysAndMaskingTwiceChangesNothingMore() {
        Event.Published once = redactor.redact(log("password=hunter2", Map.of("redacted", 7L)));

        assertThat(once.header().fields()).containsEntry("redacted", 7L);
        assertThat(once.header().fields())
                .containsEntry("redacted_by_gateway", List.of("named-secret"));
        assertThat(redactor.redact(once)).isSameAs(once);
    }

    @Test
    void rulesCanBeSwitchedOffAndAdded() {
        var own =
                new Redactor(
                        RedactionRules.of(
                                List.of("url-password"),
                                List.of(
                                        "# ours",
                                        "",
                                        "customer = CN-(?<secret>\\d{4})",
                                        "pin = \\b\\d{4}\\b")),
                        told::add);

        assertThat(own.redact("a://u:pw@h CN-1234 5678"))
                .isEqualTo("a://u:pw@h CN-[redacted] [redacted]");
        assertThat(told).containsExactly("customer", "pin");
        var off = new Redactor(RedactionRules.of(List.of("all"), List.of()), told::add);
        assertThat(off.redact("password=hunter2")).isEqualTo("password=hunter2");
        byte[] bytes = "password=hunter2".getBytes(StandardCharsets.UTF_8);
        assertThat(off.suspicious(bytes, 0, bytes.length)).isFalse();
    }

    @Test
    void saysWhichRuleIsWrong() {
        assertThatThrownBy(() -> RedactionRules.of(List.of("nope"), List.of()))
                .hasMessageContaining("There is no redaction rule 'nope'");
        assertThatThrownBy(() -> RedactionRules.of(List.of(), List.of("x = (")))
                .hasMessageContaining("'x' is not a regular expression");
        assertThatThrownBy(() -> RedactionRules.of(List.of(), List.of("only words")))
                .hasMessageContaining("must look like");
    }

    @Test
    void aLookAtTheBytesNeverMissesWhatIsMasked() {
        String[] parts = {
            "password=",
            "hunter2",
            "://u:",
            "pw@h",
            "token",
            "=",
            "\"",
            ":",
            "{",
            " ",
            "apiKey",
            "SECRET.key",
            "\"db_token\":",
            "é",
            "\n",
            "Bearer ",
            "abcdefghijklmnopqrst",
            JWT,
            GITHUB,
            AWS,
            "secret",
            "a",
            "/",
            "x",
            "'",
            "--"
        };
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            String ignored = masked(text.toString());
            assertThat(ignored).isNotNull();
        }
    }

    @Test
    void endlessTextsOfAnySortTakeLittleTime() {
        assertThat(Duration.ofSeconds(5))
                .isGreaterThan(
                        time(() -> {
                            for (String part :
                                    List.of(
                                            "-",
                                            "a://",
                                            "eyJ",
                                            "password",
                                            "password=",
                                            "bearer ",
                                            "a.",
                                            "://u:",
                                            "--a",
                                            "-----BEGIN PRIVATE " + "KEY-----",
                                            "\\",
                                            "\"token\":\"\\",
                                            "\\\"token\\\":",
                                            "'token':'a\"",
                                            "\"")) {
                                redactor.redact(part.repeat(200_000 / part.length()));
                            }
                        }));
    }

    private static Duration time(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
