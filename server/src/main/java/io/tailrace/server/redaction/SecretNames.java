package io.tailrace.server.redaction;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells names of fields, parameters and variables that hold secrets. */
final class SecretNames {

    /** One of them is in every such name, whatever its case. */
    static final List<String> LITERALS =
            List.of(
                    "password",
                    "passwd",
                    "passphrase",
                    "pwd",
                    "secret",
                    "token",
                    "api_key",
                    "api-key",
                    "apikey",
                    "api.key",
                    "account_key",
                    "account-key",
                    "accountkey",
                    "account.key",
                    "access_key",
                    "access-key",
                    "accesskey",
                    "access.key",
                    "private_key",
                    "private-key",
                    "privatekey",
                    "private.key",
                    "credential",
                    "authorization");

    private static final Pattern SECRET =
            Pattern.compile(
                    ".*(?:password|passwd|passphrase|(?<!^)pwd"
                            + "|secret(?:[._-]?(?:access[._-]?)?key)?|api[._-]?key"
                            + "|account[._-]?key|access[._-]?key|private[._-]?key|credential"
                            + "|authorization|(?:access|auth|refresh|session|bearer|security|api"
                            + "|id|bot|sas|oauth|jwt|csrf|personal|github|gitlab|slack)"
                            + "[._-]?token)s?|token");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z0-9_]*_TOKEN");

    private SecretNames() {}

    /** Whether what has this name is surely secret. */
    static boolean secret(String name) {
        if (name.length() > 200) {
            return false;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        for (String literal : LITERALS) {
            if (lower.contains(literal)) {
                return SECRET.matcher(lower).matches() || VARIABLE.matcher(name).matches();
            }
        }
        return false;
    }
}
