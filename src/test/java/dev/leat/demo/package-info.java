/** Leat with a source and a destination to try it on, all in one process: {@code ./mvnw spring-boot:test-run}. */
package dev.leat.demo;
