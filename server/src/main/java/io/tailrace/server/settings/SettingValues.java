package io.tailrace.server.settings;

import java.util.Map;

/**
 * Every setting with the value that won.
 *
 * @param values by key
 * @param sources what is said of each source, by its name
 */
record SettingValues(Map<SettingKey, SettingValue> values, Map<String, SourceOptions> sources) {

    SettingValue of(SettingKey key) {
        SettingValue value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("There is no default for " + key.key() + ".");
        }
        return value;
    }
}
