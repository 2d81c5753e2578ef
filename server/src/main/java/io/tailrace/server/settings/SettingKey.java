package io.tailrace.server.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting: its default, what it is for, and what its values look like. */
enum SettingKey {
    PORT("8787", "a number from 0 to 65535", "the port to listen on; 0 takes a free one"),
    BIND("127.0.0.1", "a host name or address", "the address to listen on"),
    INSECURE_ALLOW_REMOTE(
            "false",
            "true or false",
            "listen off loopback without tokens, though anybody may then read and write"),
    TLS_CERTIFICATE("", "a PEM file", "the certificate, then those that issued it, for https"),
    TLS_KEY("", "a PEM file", "the private key that belongs to the certificate"),
    TOKENS_FILE("", "a file", "where API tokens are kept; otherwise in the data directory"),
    GRANTS_FILE("", "a file that ends in .conf or .json", "who may do what, written by you"),
    JWT_ISSUER("", "the address of an issuer", "take JWTs that it issued"),
    JWT_AUDIENCE("", "names, separated by commas", "JWTs must be meant for one of them"),
    JWT_ALGORITHMS(
            "RS256,ES256",
            "some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512",
            "how JWTs may be signed"),
    JWT_JWKS(
            "",
            "an https address or a file",
            "the issuer's public keys; otherwise the issuer is asked where they are"),
    JWT_GRANTS_CLAIM("tailrace", "the name of a claim", "the claim that lists grants"),
    HOSTS(
            "",
            "host names, separated by commas",
            "further names that requests may use for the gateway"),
    CORS_ORIGINS(
            "",
            "origins such as https://example.org, separated by commas, or *",
            "web pages that may use the gateway, beside those on this machine"),
    STORE("rocksdb", "rocksdb or memory", "where events are kept; memory forgets them at the end"),
    DATA("", "a directory", "where rocksdb keeps its files"),
    SYNC("true", "true or false", "force every write to the disk before it is acknowledged"),
    RETENTION_AGE("7d", "a time such as 12h or 7d", "events older than this may go"),
    RETENTION_BYTES("4GiB", "a size such as 512MiB or 4GiB", "the most that is kept per channel"),
    RETENTION_COUNT("10000000", "a whole number from 1", "the most events kept per channel"),
    TRIM_PERIOD("1m", "a time from 100ms to 1d", "how often what retention forbids is removed"),
    HEARTBEAT("30s", "a time from 1s to 1h", "the longest silence on a stream"),
    WRITE_TIMEOUT("30s", "a time from 1s to 1h", "a reader that takes nothing for so long goes"),
    MAX_CHANNELS_PER_STREAM(
            "10000", "a whole number from 1", "the most channels that a stream may begin with"),
    MAX_CHANNELS("100000", "a whole number from 1", "the most channels there may be"),
    MAX_LINE("1MiB", "a size from 1KiB to 64MiB", "the longest line or single event"),
    MAX_BODY("16MiB", "a size from 1KiB to 256MiB", "the largest body that is read as a whole"),
    OTLP_WORKSPACE(
            "tailrace.workspace, openlineage.job.namespace, service.namespace, =default",
            "attributes of resources, or =name, separated by commas",
            "whose workspace OpenTelemetry's records belong to: the first that is there"),
    OTLP_WORKFLOW(
            "tailrace.workflow, openlineage.job.name, service.name, =unknown",
            "attributes of resources, or =name, separated by commas",
            "whose workflow OpenTelemetry's records belong to: the first that is there"),
    OPENLINEAGE_NAMES(
            "",
            "rules such as 'trino*/* -> trino/queries', separated by commas",
            "which workspace/workflow OpenLineage jobs belong to; else namespace/name"),
    REDACTION_OFF("", "names of redaction rules, or all", "secrets that are not looked for"),
    REDACTION_RULES(
            "", "a file with lines such as 'customer = CN-[0-9]{8}'", "own kinds of secrets"),
    TAIL_BYTES("64MiB", "a size from 1MiB to 64GiB", "memory for the newest events"),
    MAX_STREAMS("18000", "a number from 1 to 1000000", "the most streams and polls at once"),
    MAX_STREAMS_PER_CALLER(
            "100", "a number from 1 to 1000000", "the most streams and polls of one token or user"),
    PUBLISH_RATE(
            "0", "a number from 0 to 10000000", "events a second of one publisher; 0 for no limit"),
    PUBLISH_BYTES(
            "0",
            "a size from 0 to 64GiB",
            "bytes of events a second of one publisher; 0: no limit"),
    QUESTION_RATE(
            "60", "a number from 0 to 100000", "questions a minute of one caller; 0: no limit"),
    HEADER_TIMEOUT("30s", "a time from 1s to 1h", "a request's header must be there by then"),
    BODY_TIMEOUT(
            "2m", "a time from 1s to 1h", "a body that is read as a whole must be there by then"),
    IDLE_TIMEOUT("75s", "a time from 1s to 1d", "a connection without a request is closed"),
    DRAIN_DELAY("0s", "a time from 0s to 5m", "not ready for so long before streams end"),
    DRAIN_TIMEOUT("10s", "a time from 1s to 5m", "requests under way have so long to end"),
    SELF_CHECK("10s", "a time from 0s to 1h", "how often the gateway tries itself; 0s: never"),
    ACCESS_LOG("errors", "on, errors or off", "which requests the log tells of"),
    OTLP_ENDPOINT("", "a URL such as http://127.0.0.1:4318", "where traces are sent"),
    OTLP_SAMPLING("10", "a number from 0 to 100", "percent of requests that are traced");

    private final String standard;
    private final String needed;
    private final String help;

    SettingKey(String standard, String needed, String help) {
        this.standard = standard;
        this.needed = needed;
        this.help = help;
    }

    /** The name in files and on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name in the environment. */
    String variable() {
        return "TAILRACE_" + name();
    }

    String standard() {
        return standard;
    }

    /** What a value must be, to complete the words "… is needed". */
    String needed() {
        return needed;
    }

    String help() {
        return help;
    }

    static Optional<SettingKey> of(String key) {
        return Stream.of(values()).filter(k -> k.key().equals(key)).findFirst();
    }
}
