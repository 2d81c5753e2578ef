package io.tailrace.desktop.logs;

import io.tailrace.desktop.text.Texts;
import io.tailrace.model.RunKey;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Opens lines that somebody sent as a link; one that is not held is fetched. FX thread. */
public final class LogsLinks {

    private final LogsModel model;
    private Consumer<RunKey> listener = _ -> {};

    LogsLinks(LogsModel model) {
        this.model = model;
    }

    /** Who is told of the run that a linked line belongs to, before the line is shown. */
    public void onOpen(Consumer<RunKey> wanted) {
        listener = wanted;
    }

    /** Opens what a text links to; false when it is no link. */
    boolean take(String text) {
        Optional<LineLink> link = LineLink.parse(text.strip());
        link.ifPresent(this::open);
        return link.isPresent();
    }

    private void open(LineLink link) {
        if (shown(link)) {
            return;
        }
        model.acted(Texts.text("logs.link.fetching"));
        boolean asked = model.history().around(link.channel(), link.cursor(), () -> arrived(link));
        if (!asked) {
            model.acted(Texts.text("logs.link.elsewhere", link.gateway()));
        }
    }

    private boolean shown(LineLink link) {
        OptionalLong line = model.store().find(link.cursor());
        RunKey run = line.isPresent() ? model.store().context(line.getAsLong()).run() : null;
        if (run != null) {
            listener.accept(run);
        }
        return model.open(link.cursor());
    }

    private void arrived(LineLink link) {
        if (!shown(link)) {
            model.acted(Texts.text("logs.link.gone"));
        }
    }
}
