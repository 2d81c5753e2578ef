package io.tailrace.desktop.shell;

import javafx.stage.FileChooser;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks for files; an interface because there are screens without such dialogs. FX thread only. */
public interface FileDialogs {

    /** Where to save; empty when somebody thought better of it. */
    Optional<Path> save(String title, String name);

    /** What to open; empty when somebody thought better of it. */
    Optional<Path> open(String title, String pattern);

    /** Those of the system. */
    static FileDialogs ofSystem(Supplier<Window> owner) {
        return new FileDialogs() {
            @Override
            public Optional<Path> save(String title, String name) {
                FileChooser chooser = new FileChooser();
                chooser.setTitle(title);
                chooser.setInitialFileName(name);
                return path(chooser.showSaveDialog(owner.get()));
            }

            @Override
            public Optional<Path> open(String title, String pattern) {
                FileChooser chooser = new FileChooser();
                chooser.setTitle(title);
                chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(title, pattern));
                return path(chooser.showOpenDialog(owner.get()));
            }

            private Optional<Path> path(@Nullable File file) {
                return Optional.ofNullable(file).map(File::toPath);
            }
        };
    }
}
