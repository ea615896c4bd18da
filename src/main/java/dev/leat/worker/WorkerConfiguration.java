package dev.leat.worker;

import dev.leat.connection.Connections;
import dev.leat.task.LiveRuns;
import dev.leat.task.Nodes;
import dev.leat.task.TaskRuns;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the worker together. */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    @Bean
    TaskConnectionUse taskConnectionUse(TaskRuns runs) {
        return new TaskConnectionUse(runs);
    }

    @Bean
    SyncPlans syncPlans(Connections connections, ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null || properties.getVersion() == null ? "dev" : properties.getVersion();
        return new SyncPlans(connections, version);
    }

    @Bean
    PrecheckRunner precheckRunner(TaskRuns runs, SyncPlans plans) {
        return new PrecheckRunner(runs, plans);
    }

    @Bean
    Worker worker(
            TaskRuns runs,
            LiveRuns live,
            Nodes nodes,
            SyncPlans plans,
            PrecheckRunner prechecks,
            DataSource metadata,
            Clock clock) {
        return new Worker(
                nodes.ownName(), runs, id -> new TaskRunner(id, runs, live, plans, prechecks, clock), metadata, clock);
    }
}
