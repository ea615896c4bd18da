package dev.leat.worker;

import dev.leat.connection.Connections;
import dev.leat.task.LiveRuns;
import dev.leat.task.Nodes;
import dev.leat.task.Orphans;
import dev.leat.task.PrecheckRuns;
import dev.leat.task.TaskRuns;
import dev.leat.task.TaskSlots;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the worker together. */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    @Bean
    TaskConnectionUse taskConnectionUse(TaskRuns runs, Orphans orphans) {
        return new TaskConnectionUse(runs, orphans);
    }

    @Bean
    SyncPlans syncPlans(Connections connections, ObjectProvider<BuildProperties> build) {
        BuildProperties properties = build.getIfAvailable();
        String version = properties == null || properties.getVersion() == null ? "dev" : properties.getVersion();
        return new SyncPlans(connections, version);
    }

    @Bean
    WalPolicy walPolicy(TaskRuns runs, TaskSlots slots, Clock clock) {
        return new WalPolicy(runs, slots, clock);
    }

    @Bean
    RestingSlots restingSlots(
            TaskRuns runs,
            TaskSlots slots,
            SyncPlans plans,
            WalPolicy policy,
            @Value("${leat.slots.look-every}") Duration lookEvery,
            Clock clock) {
        return new RestingSlots(runs, slots, plans, policy, lookEvery, clock);
    }

    @Bean
    OrphanSweep orphanSweep(Orphans orphans, TaskRuns runs, Connections connections) {
        return new OrphanSweep(orphans, runs, connections);
    }

    @Bean
    PrecheckRunner precheckRunner(TaskRuns runs, PrecheckRuns prechecks, SyncPlans plans) {
        return new PrecheckRunner(runs, prechecks, plans);
    }

    @Bean
    Worker worker(
            TaskRuns runs,
            LiveRuns live,
            Nodes nodes,
            SyncPlans plans,
            PrecheckRunner prechecks,
            WalPolicy wal,
            Orphans orphans,
            Connections connections,
            DataSource metadata,
            Clock clock) {
        return new Worker(
                nodes.own(),
                runs,
                id -> new TaskRunner(id, runs, live, plans, prechecks, wal, orphans, clock),
                connections::versions,
                metadata,
                clock);
    }
}
