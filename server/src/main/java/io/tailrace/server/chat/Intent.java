package io.tailrace.server.chat;

/** What kind of answer a question asks for. */
enum Intent {
    WHY_FAILED,
    ROWS,
    LONG,
    FIND,
    STATUS,
    HELP
}
