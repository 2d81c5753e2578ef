package io.tailrace.server.access;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;

import io.tailrace.server.http.HttpProblem;
import io.tailrace.server.http.Json;
import io.tailrace.server.http.JsonRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What admins do under {@code /api/access}: see and set grants, make and revoke tokens. Secrets and
 * their hashes are never shown, except a new token to whoever makes it. Any thread; a call blocks
 * until the change is on the disk, and it acts before the call returns.
 */
public final class AccessAdmin {

    private static final int MAX_GRANTS = 1_000;
    private static final int MAX_NAME = 128;

    private final Access access;
    private final InstantSource clock;

    /** Changes that access. */
    public AccessAdmin(Access access, InstantSource clock) {
        this.access = access;
        this.clock = clock;
    }

    /** All grants: those an admin set, and those that stand in the grants file. */
    public byte[] grants() {
        return Json.object(json -> {
            json.writeFieldName("principals");
            write(json, access.grantBook().kept());
            json.writeObjectFieldStart("file");
            json.writeFieldName("principals");
            write(json, access.grantBook().fromFile().principals());
            json.writeFieldName("groups");
            write(json, access.grantBook().fromFile().groups());
            json.writeEndObject();
        });
    }

    /**
     * Sets the grants of a principal, in place of those set before.
     *
     * @param by who does it, for the log; so below
     * @param body {@code {"grants":["subscribe:logs:acme:*"]}}
     * @throws HttpProblem 400 with a sentence
     */
    public byte[] setGrants(Caller by, String principal, byte[] body) {
        Names.objection(principal)
                .ifPresent(why -> {
                    throw JsonRequest.bad(why);
                });
        List<Grant> grants = grants(JsonRequest.read(body));
        changed(() -> {
            access.grantBook().put(principal, grants);
            return "'%s' set the grants of '%s': %s.".formatted(by.name(), principal, grants);
        });
        return Json.object(json -> {
            json.writeStringField("principal", principal);
            json.writeFieldName("grants");
            write(json, grants);
        });
    }

    /**
     * Takes away what was set.
     *
     * @throws HttpProblem 404 when nothing was
     */
    public void removeGrants(Caller by, String principal) {
        changed(() -> {
            if (!access.grantBook().remove(principal)) {
                throw new HttpProblem(
                        404,
                        "Not found",
                        "No admin set grants for '%s'. GET /api/access/grants lists those there are."
                                .formatted(Names.shown(principal)));
            }
            return "'%s' took the grants of '%s' away.".formatted(by.name(), principal);
        });
    }

    /** All tokens, without their secrets. */
    public byte[] tokens() {
        Instant now = clock.instant();
        return Json.object(json -> {
            json.writeArrayFieldStart("tokens");
            for (ApiToken token : access.tokens().list()) {
                json.writeStartObject();
                write(json, token);
                json.writeBooleanField("expired", token.over(now));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /**
     * Makes a token and shows it, this once.
     *
     * @param body {@code {"name":"ci","grants":[…],"expires":"2027-01-01T00:00:00Z"}}
     * @throws HttpProblem 400 with a sentence
     */
    public byte[] createToken(Caller by, byte[] body) {
        JsonRequest request = JsonRequest.read(body);
        String name = request.required("name", MAX_NAME);
        List<Grant> grants = grants(request);
        Instant expires = instant(request.text("expires", 40));
        if (access.open() && grants.stream().noneMatch(g -> g.permission() == Permission.ADMIN)) {
            throw JsonRequest.bad(
                    "The first token closes the gateway, so it needs the grant 'admin': nobody"
                            + " could make another.");
        }
        List<ApiToken.Issued> made = new ArrayList<>();
        changed(() -> {
            made.add(access.tokens().create(name, grants, expires));
            return "'%s' made the token %s of '%s' with the grants %s."
                    .formatted(by.name(), made.getFirst().token().id(), name, grants);
        });
        ApiToken.Issued issued = made.getFirst();
        return Json.object(json -> {
            write(json, issued.token());
            json.writeStringField("token", issued.text());
        });
    }

    /**
     * Ends a token.
     *
     * @throws HttpProblem 404 when there is none
     */
    public void revokeToken(Caller by, String id) {
        changed(() -> {
            if (!access.tokens().revoke(id)) {
                throw new HttpProblem(
                        404,
                        "Not found",
                        "There is no token '%s'. GET /api/access/tokens lists those there are."
                                .formatted(Names.shown(id)));
            }
            return "'%s' revoked the token %s.".formatted(by.name(), id);
        });
    }

    /** Makes a change, which says what it was. */
    private void changed(Supplier<String> change) {
        String what;
        try {
            what = change.get();
        } catch (IllegalArgumentException e) {
            throw JsonRequest.bad(String.valueOf(e.getMessage()));
        } catch (AccessException e) {
            throw new HttpProblem(503, "Not available", String.valueOf(e.getMessage()));
        }
        access.changed(what);
    }

    private static List<Grant> grants(JsonRequest request) {
        JsonNode list = request.body().get("grants");
        if (list == null || !list.isArray() || list.size() > MAX_GRANTS) {
            throw JsonRequest.bad(
                    "Field 'grants' must be a list of at most %,d grants such as"
                                    .formatted(MAX_GRANTS)
                            + " \"subscribe:logs:acme:*\".");
        }
        List<Grant> grants = new ArrayList<>();
        for (JsonNode text : list) {
            try {
                grants.add(Grant.written(text.isTextual() ? text.textValue() : text.toString()));
            } catch (IllegalArgumentException e) {
                throw JsonRequest.bad(String.valueOf(e.getMessage()));
            }
        }
        return grants;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw JsonRequest.bad("Field 'expires' must be a time such as 2027-01-01T00:00:00Z.");
        }
    }

    private static void write(JsonGenerator json, ApiToken token) throws IOException {
        json.writeStringField("id", token.id());
        json.writeStringField("name", token.name());
        json.writeFieldName("grants");
        write(json, token.grants());
        json.writeStringField("created", token.created().toString());
        if (token.expires() != null) {
            json.writeStringField("expires", token.expires().toString());
        }
    }

    private static void write(JsonGenerator json, Map<String, List<Grant>> grants)
            throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, List<Grant>> each : grants.entrySet()) {
            json.writeFieldName(each.getKey());
            write(json, each.getValue());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, List<Grant> grants) throws IOException {
        json.writeStartArray();
        for (Grant grant : grants) {
            json.writeString(grant.toString());
        }
        json.writeEndArray();
    }
}
