package io.tailrace.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Optional;

/** Reads what {@code /api/dead-letters} answers. */
public final class DeadLetterCodec {

    private static final String KIND = "dead letter";

    private DeadLetterCodec() {}

    /**
     * Reads {@code {"dead_letters":[…],"next":…}}.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public static DeadLetterPage page(byte[] json) {
        Fields page = fields(json);
        return new DeadLetterPage(
                page.objects("dead_letters").stream().map(DeadLetterCodec::letter).toList(),
                number(page, "next"));
    }

    /**
     * Reads the body of one: bytes as they came, without secrets.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public static byte[] body(byte[] json) {
        Fields letter = fields(json);
        String text = letter.text("body");
        if (text != null) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        String packed = letter.requiredText("body_base64", KIND);
        return Draft.checked("body_base64", packed, Base64.getDecoder()::decode);
    }

    /**
     * Reads what became of one that was sent again.
     *
     * @return what the gateway answered when it was not taken; empty when it was
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public static Optional<byte[]> refusal(byte[] json) {
        Fields answer = fields(json);
        String reply = answer.text("reply");
        return answer.flag("taken")
                ? Optional.empty()
                : Optional.of((reply == null ? "" : reply).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads how many were deleted.
     *
     * @throws MalformedEventException with a sentence that says what is wrong
     */
    public static long deleted(byte[] json) {
        return number(fields(json), "deleted");
    }

    private static DeadLetter letter(Fields item) {
        return new DeadLetter(
                number(item, "id"),
                Draft.checked("time", item.requiredText("time", KIND), DeadLetterCodec::time),
                item.requiredText("reason", KIND),
                item.text("principal", () -> ""),
                item.text("target", () -> ""),
                item.text("content_type", () -> ""),
                number(item, "size"),
                item.flag("cut"),
                number(item, "tries"));
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("this is no time", e);
        }
    }

    private static long number(Fields fields, String name) {
        Long number = fields.count(name);
        return number == null ? 0 : number;
    }

    private static Fields fields(byte[] json) {
        return EventCodec.fields(EventCodec.JSON, json, 0, json.length);
    }
}
