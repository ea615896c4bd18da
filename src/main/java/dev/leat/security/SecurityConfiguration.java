package dev.leat.security;

import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Builds the room's parts. */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

    @Bean
    UserStore userStore(JdbcClient jdbc) {
        return new UserStore(jdbc);
    }

    @Bean
    TokenStore tokenStore(JdbcClient jdbc) {
        return new TokenStore(jdbc);
    }

    @Bean
    Audit audit(JdbcClient jdbc, Clock clock) {
        return new Audit(jdbc, clock);
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    PasswordCheck passwordCheck(PasswordEncoder encoder, Clock clock) {
        return new PasswordCheck(encoder, new SignInLimit(clock));
    }

    @Bean
    Accounts accounts(
            UserStore users, TokenStore tokens, PasswordEncoder encoder, PasswordCheck passwords, Clock clock) {
        return new Accounts(users, tokens, encoder, passwords, clock);
    }

    @Bean
    FirstUser firstUser(UserStore users, Accounts accounts, @Value("${leat.admin-password}") String password) {
        return new FirstUser(users, accounts, password);
    }

    @Bean
    PasswordSignIn passwordSignIn(UserStore users, PasswordEncoder encoder, PasswordCheck passwords, Clock clock) {
        return new PasswordSignIn(users, encoder, passwords, clock);
    }

    @Bean
    RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.withDefaultRolePrefix()
                .role(Role.ADMIN.name())
                .implies(Role.OPERATOR.name())
                .role(Role.OPERATOR.name())
                .implies(Role.VIEWER.name())
                .build();
    }
}
