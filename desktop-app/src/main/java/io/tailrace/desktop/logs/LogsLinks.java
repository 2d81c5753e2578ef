package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;

import java.util.Optional;

/** Opens lines that somebody sent as a link; one that is not held is fetched. FX thread. */
final class LogsLinks {

    private final LogsModel model;

    LogsLinks(LogsModel model) {
        this.model = model;
    }

    /** Opens what a text links to; false when it is no link. */
    boolean take(String text) {
        Optional<LineLink> link = LineLink.parse(text.strip());
        link.ifPresent(this::open);
        return link.isPresent();
    }

    private void open(LineLink link) {
        if (model.open(link.cursor())) {
            return;
        }
        model.acted(Texts.text("logs.link.fetching"));
        boolean asked = model.history().around(link.channel(), link.cursor(), () -> arrived(link));
        if (!asked) {
            model.acted(Texts.text("logs.link.elsewhere", link.gateway()));
        }
    }

    private void arrived(LineLink link) {
        if (!model.open(link.cursor())) {
            model.acted(Texts.text("logs.link.gone"));
        }
    }
}
