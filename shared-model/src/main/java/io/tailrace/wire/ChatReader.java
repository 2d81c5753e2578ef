package io.tailrace.wire;

import io.tailrace.model.Channel;
import io.tailrace.model.Citation;
import io.tailrace.model.Cursor;
import io.tailrace.model.Event;
import io.tailrace.model.SuggestedAction;

import java.util.List;

/** Reads the members of questions and answers. */
final class ChatReader {

    private ChatReader() {}

    static Event read(Draft draft) {
        return draft.kind().equals("chat_question") ? question(draft) : response(draft);
    }

    private static Event question(Draft draft) {
        String conversation = draft.requiredText("conversation");
        String question = draft.requiredText("question");
        String message = draft.requiredText("message");
        return new Event.ChatQuestion(draft.header(), conversation, question, message);
    }

    private static Event response(Draft draft) {
        Fields fields = draft.fields();
        String conversation = draft.requiredText("conversation");
        String question = draft.requiredText("question");
        Long part = fields.whole("part", 1, Integer.MAX_VALUE);
        String message = draft.requiredText("message");
        List<Citation> citations =
                fields.objects("citations").stream().map(f -> citation(f, draft.kind())).toList();
        List<SuggestedAction> actions =
                fields.objects("actions").stream().map(f -> action(f, draft.kind())).toList();
        boolean partial = fields.flag("partial");
        boolean done = fields.flag("done");
        return new Event.ChatResponse(
                draft.header(),
                conversation,
                question,
                part == null ? 1 : part.intValue(),
                message,
                citations,
                actions,
                partial,
                done);
    }

    private static Citation citation(Fields fields, String kind) {
        return new Citation(
                Draft.checked("channel", fields.requiredText("channel", kind), Channel::new),
                Draft.checked("cursor", fields.requiredText("cursor", kind), Cursor::parse),
                fields.text("label", () -> ""));
    }

    private static SuggestedAction action(Fields fields, String kind) {
        return new SuggestedAction(
                fields.requiredText("label", kind),
                fields.requiredText("action", kind),
                fields.text("argument", () -> ""));
    }
}
