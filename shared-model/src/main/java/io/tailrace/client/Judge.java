package io.tailrace.client;

import io.tailrace.client.Opened.Broken;
import io.tailrace.client.Opened.Denied;
import io.tailrace.client.Opened.Refused;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says what an answer means: what was asked for, come again, or never. */
final class Judge {

    private static final int MAX_PROBLEM_BYTES = 64 * 1024;

    private final RootConnectionSettings settings;
    private final Watchdog watchdog;

    Judge(RootConnectionSettings settings, Watchdog watchdog) {
        this.settings = settings;
        this.watchdog = watchdog;
    }

    Opened judged(HttpResponse<InputStream> response, FeedRequest wanted) throws IOException {
        int status = response.statusCode();
        String type = response.headers().firstValue("content-type").orElse("").strip();
        Timing timing = settings.timing();
        GuardedInputStream stream =
                new GuardedInputStream(response.body(), watchdog, timing.answer());
        if (status == 200 && is(type, wanted.form())) {
            if (wanted.form() == FeedRequest.Form.STREAM) {
                stream.limits(timing.first(), timing.silence());
            }
            return new Opened.Open(stream);
        }
        if (status == 200) {
            stream.close();
            return new Refused(
                    "%s answered with %s instead of %s. Is this the address of a Tailrace gateway?"
                            .formatted(
                                    settings.gateway(),
                                    type.isEmpty() ? "something" : type,
                                    wanted.form().words()),
                    Doubt.FOREIGN);
        }
        if (status == 204) {
            stream.close();
            return Refused.because("The gateway has ended this session.");
        }
        String reason;
        try (stream) {
            reason = Problem.reason(status, type, stream.readNBytes(MAX_PROBLEM_BYTES));
        }
        return refusal(response, reason);
    }

    private Opened refusal(HttpResponse<?> response, String reason) {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            return new Denied(reason);
        }
        if (status >= 500) {
            return new Broken(reason, retryAfter(response), false, Doubt.FAILED);
        }
        return status == 408 || status == 425 || status == 429
                ? new Broken(reason, retryAfter(response), false, Doubt.NONE)
                : Refused.because(reason);
    }

    private static boolean is(String type, FeedRequest.Form form) {
        int end = type.indexOf(';');
        String bare = end < 0 ? type : type.substring(0, end);
        return bare.strip().toLowerCase(Locale.ROOT).equals(form.type());
    }

    private @Nullable Duration retryAfter(HttpResponse<?> response) {
        String text = response.headers().firstValue("retry-after").orElse("").strip();
        Duration wait;
        if (text.matches("\\d{1,9}")) {
            wait = Duration.ofSeconds(Long.parseLong(text));
        } else {
            try {
                Instant then =
                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
                wait = Duration.between(settings.timing().pacer().now(), then);
            } catch (DateTimeException e) {
                return null;
            }
        }
        return wait.compareTo(Backoff.LONGEST) > 0 ? Backoff.LONGEST : wait;
    }
}
