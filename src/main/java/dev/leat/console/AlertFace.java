package dev.leat.console;

import dev.leat.alert.TaskAlert;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** An open alert and its looks. */
record AlertFace(TaskAlert alert, Badge badge) {

    static List<AlertFace> of(List<TaskAlert> alerts) {
        return alerts.stream()
                .map(alert -> new AlertFace(alert, Badge.ofAlert(alert)))
                .toList();
    }

    static Map<UUID, List<AlertFace>> byTask(List<TaskAlert> alerts) {
        return of(alerts).stream()
                .collect(Collectors.groupingBy(face -> face.alert().taskId()));
    }
}
