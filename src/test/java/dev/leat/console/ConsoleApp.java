package dev.leat.console;

import java.time.Clock;
import java.util.Set;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** The console alone over tasks in memory; no component itself, so that no scan finds it. */
@EnableAutoConfiguration(
        exclude = {
            DataSourceAutoConfiguration.class,
            HibernateJpaAutoConfiguration.class,
            DataJpaRepositoriesAutoConfiguration.class,
            FlywayAutoConfiguration.class
        })
@ComponentScan(
        basePackageClasses = ConsoleApp.class,
        excludeFilters = @ComponentScan.Filter(type = FilterType.CUSTOM, classes = ConsoleApp.BehindDoors.class))
class ConsoleApp {

    /** What asks the doors of other rooms, which only the whole service has. */
    static final class BehindDoors implements TypeFilter {

        private static final Set<String> ALONE = Set.of(
                "ConsoleConfiguration",
                "ErrorPages",
                "LiveStreams",
                "SampleSeries",
                "SignInPage",
                "TaskActions",
                "TaskPages");

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory types) {
            return !ALONE.contains(type.getClassMetadata().getClassName().replace("dev.leat.console.", ""));
        }
    }

    static final String CSP = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
            + "form-action 'self'; frame-ancestors 'none'";

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    FakeTasks tasks() {
        return new FakeTasks().hold(Samples.all());
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("ada")
                        .password("{noop}secret")
                        .roles("OPERATOR")
                        .build(),
                User.withUsername("vic")
                        .password("{noop}secret")
                        .roles("VIEWER")
                        .build());
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                jakarta.servlet.DispatcherType.ASYNC, jakarta.servlet.DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/login", "/css/**", "/js/**", "/img/**", "/vendor/**", "/webjars/**")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/tasks"))
                .httpBasic(Customizer.withDefaults())
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CSP)))
                .build();
    }
}
