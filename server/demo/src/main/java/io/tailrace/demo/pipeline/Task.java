package io.tailrace.demo.pipeline;

import java.util.List;

/** A step of the pipeline. Created for one run; its attempts follow each other. */
interface Task {

    /** Its name, unique within the run. */
    String name();

    /** The tasks that must have succeeded first. */
    List<String> after();

    /** A title and a true, short explanation of what the step is about. */
    Explanation explanation();

    /** How often it is tried before it counts as failed. */
    default int attempts() {
        return 1;
    }

    /**
     * Does the work.
     *
     * @return how many rows came of it
     * @throws RunGate.CancelledException when the run was cancelled
     * @throws Exception when the attempt failed; its message is a sentence for people
     */
    long run(TaskContext context) throws Exception;

    /**
     * What people who wait may like to know.
     *
     * @param content Markdown
     */
    record Explanation(String title, String content) {}
}
