package dev.leat.task;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Lets rooms do things now and then. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class TaskConfiguration {

    private static final int THREADS = 8;

    /** With virtual threads the default is one thread, on which a client that stalls would hold up the sweeps. */
    @Bean
    ThreadPoolTaskScheduler taskScheduler() {
        ThreadPoolTaskScheduler scheduler = new ThreadPoolTaskScheduler();
        scheduler.setPoolSize(THREADS);
        scheduler.setThreadNamePrefix("leat-now-and-then-");
        return scheduler;
    }
}
