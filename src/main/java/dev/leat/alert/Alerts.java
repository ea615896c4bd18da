package dev.leat.alert;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** The door to the alerts, for those who show them. */
@Service
public class Alerts {

    private final AlertStore store;

    Alerts(AlertStore store) {
        this.store = store;
    }

    /** Alerts, open ones first, then the newest. */
    public List<TaskAlert> list(AlertQuery query) {
        return store.list(query);
    }

    /** The open alerts of a task, newest first. */
    public List<TaskAlert> open(UUID task) {
        return store.open(task);
    }

    /** All open alerts, newest first. */
    public List<TaskAlert> open() {
        return store.open();
    }
}
