package dev.leat.security;

import java.time.Instant;

/** Someone who may sign in. */
public record User(String name, Role role, Instant createdAt) {}
