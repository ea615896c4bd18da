package dev.leat.security;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** The two ways in: programs send their credentials with every call, people sign in once and have a session. */
@Configuration(proxyBeanMethods = false)
class FilterChains {

    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self';"
            + " form-action 'self'; frame-ancestors 'none'";

    private static final String[] STATIC = {
        "/css/**", "/js/**", "/img/**", "/vendor/**", "/webjars/**", "/favicon.ico", "/favicon.svg"
    };
    /** Pages that change things, or show rows of a source. */
    private static final String[] OPERATING = {
        "/tasks/new", "/tasks/*/edit", "/tasks/*/edit/**", "/tasks/*/objects", "/tasks/*/records", "/connections/~new"
    };

    private static final String[] API_PAGE = {"/api-docs", "/api-docs/**", "/swagger-ui/**"};

    private final ProblemResponses problems = new ProblemResponses();

    /** The database keeps no NUL in a text; such a parameter is refused before anything asks it. */
    @Bean
    HttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedParameterValues(value -> value.indexOf('\0') < 0);
        return firewall;
    }

    /** For programs: no session, no cookie, and therefore no need of a CSRF token. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(
            HttpSecurity http,
            PasswordSignIn passwords,
            TokenStore tokens,
            Audit audit,
            Clock clock,
            @Value("${leat.metrics.public}") boolean publicMetrics)
            throws Exception {
        return http.securityMatcher("/api/**", "/actuator/**", "/v3/api-docs/**", "/v3/api-docs.yaml")
                .authenticationProvider(passwords)
                .authorizeHttpRequests(requests -> {
                    actuator(requests, publicMetrics);
                    api(requests);
                })
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .addFilterBefore(new ForeignPages(problems), BasicAuthenticationFilter.class)
                .addFilterBefore(new TokenFilter(tokens, problems, clock), BasicAuthenticationFilter.class)
                .addFilterBefore(new AuditTrail(audit), AuthorizationFilter.class)
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(FilterChains::headers)
                .build();
    }

    /** For people: the login form, a session, and a CSRF token in every form. */
    @Bean
    @Order(2)
    SecurityFilterChain people(HttpSecurity http, PasswordSignIn passwords, UserStore users, Audit audit)
            throws Exception {
        return http.authenticationProvider(passwords)
                .addFilterBefore(new EndedSessions(users), AuthorizationFilter.class)
                .addFilterBefore(new AuditTrail(audit), AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers(STATIC)
                        .permitAll()
                        .requestMatchers(API_PAGE)
                        .permitAll()
                        .requestMatchers("/login", "/error")
                        .permitAll()
                        .requestMatchers("/users/**", "/audit/**")
                        .hasRole(Role.ADMIN.name())
                        .requestMatchers("/account/**", "/tokens/**")
                        .hasRole(Role.VIEWER.name())
                        .requestMatchers(OPERATING)
                        .hasRole(Role.OPERATOR.name())
                        .requestMatchers(FilterChains::onlyReads)
                        .hasRole(Role.VIEWER.name())
                        .anyRequest()
                        .hasRole(Role.OPERATOR.name()))
                .formLogin(form ->
                        form.loginPage("/login").failureHandler(loginFailed()).permitAll())
                .logout(logout -> logout.logoutSuccessUrl("/login?logout").permitAll())
                .exceptionHandling(handling -> handling.authenticationEntryPoint(toLogin()))
                .headers(FilterChains::headers)
                .build();
    }

    private static void actuator(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests,
            boolean publicMetrics) {
        requests.requestMatchers("/actuator/health", "/actuator/health/**").permitAll();
        if (publicMetrics) {
            requests.requestMatchers("/actuator/prometheus").permitAll();
        }
        requests.requestMatchers("/actuator/prometheus", "/actuator/info").hasRole(Role.VIEWER.name());
        requests.requestMatchers("/actuator/**").hasRole(Role.ADMIN.name());
    }

    /** The description of the API holds nothing of this installation, so clients may be generated without signing in. */
    private static void api(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry requests) {
        requests.requestMatchers("/v3/api-docs/**", "/v3/api-docs.yaml").permitAll();
        requests.requestMatchers("/api/v1/users/**", "/api/v1/audit/**").hasRole(Role.ADMIN.name());
        requests.requestMatchers("/api/v1/tokens/**").hasRole(Role.VIEWER.name());
        requests.requestMatchers(FilterChains::onlyReads).hasRole(Role.VIEWER.name());
        requests.anyRequest().hasRole(Role.OPERATOR.name());
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN));
    }

    private static AuthenticationFailureHandler loginFailed() {
        return (request, response, failure) -> response.sendRedirect(
                request.getContextPath() + (failure instanceof TooManyAttempts ? "/login?limited" : "/login?error"));
    }

    /** A fragment that htmx asked for must not be replaced by the login page: the whole page goes there. */
    private static AuthenticationEntryPoint toLogin() {
        LoginUrlAuthenticationEntryPoint redirect = new LoginUrlAuthenticationEntryPoint("/login");
        return (request, response, failure) -> {
            if (isFragment(request)) {
                response.setHeader("HX-Redirect", request.getContextPath() + "/login");
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
            } else {
                redirect.commence(request, response, failure);
            }
        };
    }

    static boolean onlyReads(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static boolean isFragment(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }
}
