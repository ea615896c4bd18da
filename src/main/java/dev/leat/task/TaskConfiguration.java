package dev.leat.task;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets the room sample its runs every second. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class TaskConfiguration {}
