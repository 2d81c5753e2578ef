package io.tailrace.server.openlineage;

import io.tailrace.model.PlannedTask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which tasks and jobs wait for which. */
final class Dependencies {

    private static final int MOST = 1_000;
    private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"]{1,250})['\"]");

    private Dependencies() {}

    /** The tasks of a DAG, as Airflow lists them when it starts; empty when nothing is said. */
    static List<PlannedTask> plan(LineageEvent event) {
        Map<?, ?> tasks = Lookup.object(event.jobFacets(), "airflow", "tasks");
        Map<String, Set<String>> after = new LinkedHashMap<>();
        tasks.keySet().forEach(name -> after.put(String.valueOf(name), new LinkedHashSet<>()));
        tasks.forEach((name, task) -> {
            if (task instanceof Map<?, ?> facts) {
                for (Object next : Lookup.list(facts, "downstream_task_ids")) {
                    Set<String> its = after.get(String.valueOf(next));
                    if (its != null) {
                        its.add(String.valueOf(name));
                    }
                }
            }
        });
        List<PlannedTask> plan = new ArrayList<>();
        after.forEach((name, names) -> {
            if (!name.isBlank()) {
                plan.add(new PlannedTask(name, List.copyOf(names)));
            }
        });
        return plan;
    }

    /** The tasks that one of a run waits for; empty when nothing is said. */
    static List<String> after(LineageEvent event, String root) {
        Set<String> names = new LinkedHashSet<>();
        for (JobName job : jobs(event, "upstream")) {
            names.add(TaskNames.of(job.name(), root));
        }
        Object upstream =
                Lookup.object(event.runFacets(), "airflow", "task").get("upstream_task_ids");
        switch (upstream) {
            case List<?> list -> list.forEach(name -> names.add(String.valueOf(name)));
            case String text -> {
                Matcher name = QUOTED.matcher(text); // a list as Python prints it
                while (name.find()) {
                    names.add(name.group(1));
                }
            }
            case null, default -> {}
        }
        return names.stream().filter(n -> !n.isBlank()).limit(MOST).toList();
    }

    /** The jobs before or behind a whole run. */
    static List<JobName> jobs(LineageEvent event, String side) {
        List<JobName> jobs = new ArrayList<>();
        for (Object each : Lookup.list(Lookup.object(event.runFacets(), "jobDependencies"), side)) {
            if (each instanceof Map<?, ?> dependency && jobs.size() < MOST) {
                Map<?, ?> job = Lookup.object(dependency, "job");
                String name = Lookup.text(job, "name");
                String namespace = Lookup.text(job, "namespace");
                if (name != null) {
                    jobs.add(new JobName(namespace == null ? "default" : namespace, name));
                }
            }
        }
        return jobs;
    }
}
