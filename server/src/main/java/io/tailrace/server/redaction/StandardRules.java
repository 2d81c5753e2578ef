package io.tailrace.server.redaction;

import java.util.List;
import java.util.regex.Pattern;

/** What is surely secret wherever it stands. Every pattern takes time linear in the text. */
final class StandardRules {

    /** Fields, parameters and variables whose name says that they are secret. */
    static final String SECRET_FIELD = "secret-field";

    static final String PRIVATE_KEY = "private-key";

    private static final String NAMED_SECRET = "named-secret";

    private static final String NAMES =
            "pass(?:word|wd|phrase)|pwd(?!\\\\?[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?/)"
                    + "|secret(?:[._-]?(?:access[._-]?)?key)?|api[._-]?key|account[._-]?key"
                    + "|access[._-]?key|private[._-]?key"
                    + "|(?:access|auth|refresh|session|bearer|security)[_-]?token"
                    + "|shared[_-]?access[_-]?signature|token(?=\\s?=\\s?[^\\s\"',;&]{8}"
                    + "|(?<=--[a-z-]{0,40}token)(?:=|\\s{1,4})[^\\s\"',;&-]{4})";

    private static final String VALUE =
            "(?!null|none|true|false|\\*|\\$|%)(?:\\\\?\"(?<secret>[^\"\\\\]{1,1000})"
                    + "|'(?<secret2>[^']{1,1000})'"
                    + "|(?<secret3>[^\\s\"',;&}\\])<>{\\[(\\\\][^\\s\"',;&}\\])<>\\\\]{2,1000}+))";

    // A member of an object, also of one that is broken off. The value is looked at only, because
    // it may be an object of its own, in quotes.
    private static final String MEMBER =
            "[\"'](?<name>[\\w. $@/-]{1,200}+)\\\\{0,3}[\"']\\s{0,4}:\\s{0,4}(?="
                    + "\"(?<secret>[^\"]{1,1000}+(?:(?<=\\\\)\"[^\"]{1,1000}+){0,8}+)"
                    + "|\\\\{1,3}\"(?<secret2>[^\"\\\\]{1,1000}+)"
                    + "|'(?<secret3>[^']{1,1000}+))";

    /** In the order in which they are applied. */
    static final List<RedactionRule> ALL =
            List.of(
                    rule(
                            PRIVATE_KEY,
                            "-----BEGIN [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----"
                                    + "(?<secret>[\\s\\S]*?)"
                                    + "(?:-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----|\\z)",
                            "private key"),
                    rule(
                            "aws-key",
                            "(?<![A-Za-z0-9])(?<secret>(?:AKIA|ASIA)[A-Z0-9]{16})(?![A-Za-z0-9])",
                            "akia",
                            "asia"),
                    rule(
                            "github-token",
                            "(?<![A-Za-z0-9])(?<secret>gh[pousr]_[A-Za-z0-9]{30,255}"
                                    + "|github_pat_[A-Za-z0-9_]{22,255})",
                            "ghp_",
                            "gho_",
                            "ghu_",
                            "ghs_",
                            "ghr_",
                            "github_pat_"),
                    rule(
                            "slack-token",
                            "(?<secret>xox[abeoprs]-[A-Za-z0-9-]{10,255})"
                                + "|hooks\\.slack\\.com/services/(?<secret2>[A-Za-z0-9/_-]{8,255})",
                            "xoxa-",
                            "xoxb-",
                            "xoxe-",
                            "xoxo-",
                            "xoxp-",
                            "xoxr-",
                            "xoxs-",
                            "hooks.slack.com"),
                    rule(
                            "google-key",
                            "(?<![A-Za-z0-9])(?<secret>AIza[A-Za-z0-9_-]{35}"
                                    + "|ya29\\.[A-Za-z0-9_-]{20,1000})",
                            "aiza",
                            "ya29."),
                    rule(
                            "jwt",
                            "(?<![A-Za-z0-9_-])(?<secret>eyJ[A-Za-z0-9_-]{8,4000}+"
                                    + "\\.eyJ[A-Za-z0-9_-]{4,8000}+\\.[A-Za-z0-9_-]{0,2000}+)",
                            "eyj"),
                    rule(
                            "bearer-token",
                            "(?i)(?<![a-z])(?:bearer\\s{1,4}(?<secret>[a-z0-9._~+/=-]{16,8000}+)"
                                    + "|authorization[\"']?\\s{0,4}[:=]\\s{0,4}[\"']?"
                                    + "(?:basic|token|digest|negotiate)\\s{1,4}"
                                    + "(?<secret2>[^\\s\"',]{4,8000}+))",
                            "bearer",
                            "authorization"),
                    rule(
                            "url-password",
                            "(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{1,30}:(?:\\\\?/){2}"
                                    + "[^\\s/?#:@\"'<>\\\\]{0,255}+:"
                                    + "(?<secret>[^\\s/?#\"'<>\\\\]{1,1000})@",
                            Triggers.URL),
                    rule(NAMED_SECRET, MEMBER, SecretNames.LITERALS.toArray(new String[0]))
                            .when(text -> text.indexOf(':') >= 0)
                            .ifNamed(SecretNames::secret),
                    rule(
                                    NAMED_SECRET,
                                    "(?i)(?:"
                                            + NAMES
                                            + ")s?\\\\?[\"']?"
                                            + "(?:\\s{0,4}[:=]>?\\s{0,4}|(?<=--[a-z-]{1,40})\\s{1,4})"
                                            + VALUE,
                                    "password",
                                    "passwd",
                                    "passphrase",
                                    "pwd",
                                    "secret",
                                    "api_key",
                                    "api-key",
                                    "api.key",
                                    "apikey",
                                    "account_key",
                                    "account-key",
                                    "account.key",
                                    "accountkey",
                                    "access_key",
                                    "access-key",
                                    "access.key",
                                    "accesskey",
                                    "private_key",
                                    "private-key",
                                    "private.key",
                                    "privatekey",
                                    "token",
                                    "sharedaccesssignature",
                                    "shared_access_signature")
                            .when(NamedValues::any));

    private StandardRules() {}

    private static RedactionRule rule(String name, String pattern, String... literals) {
        return RedactionRule.of(name, List.of(literals), Pattern.compile(pattern));
    }
}
