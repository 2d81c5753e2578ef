package io.tailrace.model;

/**
 * Names one execution of a workflow.
 *
 * @param workspace the tenant
 * @param workflow the definition of the pipeline
 * @param run the execution, unique within the workflow
 */
public record RunKey(String workspace, String workflow, String run) {

    @Override
    public String toString() {
        return workspace + "/" + workflow + "/" + run;
    }
}
