/** Who may do what: users, roles, passwords, API tokens, and the filters in front of every request. */
@NullMarked
package dev.leat.security;

import org.jspecify.annotations.NullMarked;
