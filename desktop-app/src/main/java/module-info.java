import org.jspecify.annotations.NullMarked;

/** The desktop console. */
@NullMarked
module io.tailrace.desktop {
    requires static transitive org.jspecify;
    requires transitive io.tailrace.shared;
    requires transitive javafx.controls;
    requires atlantafx.base;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires java.desktop;
    requires java.logging;
    requires java.net.http;
    requires org.kordamp.ikonli.core;
    requires org.kordamp.ikonli.feather;
    requires org.kordamp.ikonli.javafx;

    exports io.tailrace.desktop; // JavaFX makes the application by reflection
}
