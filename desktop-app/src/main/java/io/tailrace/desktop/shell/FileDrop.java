package io.tailrace.desktop.shell;

import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Takes a file that is dragged onto the window from elsewhere. FX thread only. */
final class FileDrop {

    private FileDrop() {}

    /** From now on one file at a time may be dropped there. */
    static void on(Node node, Consumer<Path> taker) {
        node.setOnDragOver(event -> {
            if (isOne(event.getDragboard())) {
                event.acceptTransferModes(TransferMode.COPY);
            }
            event.consume();
        });
        node.setOnDragDropped(event -> dropped(event, taker));
    }

    private static void dropped(DragEvent event, Consumer<Path> taker) {
        Dragboard board = event.getDragboard();
        boolean one = isOne(board);
        if (one) {
            taker.accept(board.getFiles().getFirst().toPath());
        }
        event.setDropCompleted(one);
        event.consume();
    }

    private static boolean isOne(Dragboard board) {
        return board.hasFiles() && board.getFiles().size() == 1;
    }
}
