package io.tailrace.server.settings;

import java.util.Map;

/** Every setting with the value that won. */
record SettingValues(Map<SettingKey, SettingValue> values) {

    SettingValue of(SettingKey key) {
        SettingValue value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("There is no default for " + key.key() + ".");
        }
        return value;
    }
}
