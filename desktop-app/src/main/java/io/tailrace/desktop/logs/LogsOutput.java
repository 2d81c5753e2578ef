package io.tailrace.desktop.logs;

import static io.tailrace.desktop.text.Texts.count;
import static io.tailrace.desktop.text.Texts.text;

import io.tailrace.desktop.text.TextClipboard;

import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.stage.FileChooser;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;

/** Takes lines out of the console: as files, or as a link. FX thread; files are written beside. */
final class LogsOutput {

    private final LogsModel model;
    private final LogsActions does;
    private final TextClipboard clipboard;
    private final StringProperty gateway;
    private final Node owner;

    LogsOutput(
            LogsModel model,
            LogsActions does,
            TextClipboard clipboard,
            StringProperty gateway,
            Node owner) {
        this.model = model;
        this.does = does;
        this.clipboard = clipboard;
        this.gateway = gateway;
        this.owner = owner;
    }

    /** Writes lines in some form. */
    private interface Form {

        void write(LineExport lines, OutputStream to) throws IOException;
    }

    void copyLink() {
        does.link(gateway.get()).ifPresent(clipboard::put);
    }

    void saveText() {
        save("log.txt", LineExport::text);
    }

    void saveJson() {
        save("log.ndjson", LineExport::ndjson);
    }

    private void save(String name, Form form) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(text("logs.save"));
        chooser.setInitialFileName(name);
        File file = chooser.showSaveDialog(owner.getScene().getWindow());
        if (file == null) {
            return;
        }
        LineExport lines = LineExport.of(model);
        model.acted(count("logs.save.writing", lines.count(), file.getName()));
        Thread.ofVirtual().name("logs-save").start(() -> write(lines, file, form));
    }

    private void write(LineExport lines, File file, Form form) {
        String said;
        try (lines;
                OutputStream out = Files.newOutputStream(file.toPath())) {
            form.write(lines, out);
            said = count("logs.save.wrote", lines.count(), file.getName());
        } catch (IOException e) {
            said = text("logs.save.failed", LogsWords.reason(e));
        }
        model.history().tell(said);
    }
}
