package io.tailrace.desktop.shell;

import static io.tailrace.desktop.text.Texts.text;

import java.net.URI;

/** Reads gateway addresses as people type them. */
public final class GatewayAddresses {

    private GatewayAddresses() {}

    /**
     * Reads an address; {@code host:port} alone means http. A bare word is no address: it is most
     * likely a word that was meant for something else.
     *
     * @throws IllegalArgumentException with a sentence that says what an address looks like
     */
    public static URI parse(String text) {
        String typed = text.strip().replaceAll("(?<![:/])/+$", "");
        try {
            URI uri = URI.create(typed.contains("://") ? typed : "http://" + typed);
            boolean bare = !typed.contains("://") && !typed.matches(".*[.:\\[].*|localhost");
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web
                    && !bare
                    && uri.getHost() != null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // said below, for every way of being wrong
        }
        throw new IllegalArgumentException(text("shell.connect.noAddress", typed));
    }
}
