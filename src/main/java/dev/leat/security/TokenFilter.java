package dev.leat.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/** Signs in the owner of {@code Authorization: Bearer leat_…}. */
final class TokenFilter extends OncePerRequestFilter {

    private static final String PREFIX = "Bearer ";

    private final TokenStore tokens;
    private final AuthenticationEntryPoint refusal;
    private final Clock clock;

    TokenFilter(TokenStore tokens, AuthenticationEntryPoint refusal, Clock clock) {
        this.tokens = tokens;
        this.refusal = refusal;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            chain.doFilter(request, response);
            return;
        }
        String text = header.substring(PREFIX.length()).strip();
        var owner = TokenText.looksLikeOne(text)
                ? tokens.use(TokenText.hash(text), clock.instant())
                : java.util.Optional.<TokenStore.Owner>empty();
        if (owner.isEmpty()) {
            refusal.commence(request, response, new BadCredentialsException("The token is unknown or has ended."));
            return;
        }
        signIn(owner.get());
        chain.doFilter(request, response);
    }

    private static void signIn(TokenStore.Owner owner) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                owner.name(),
                null,
                List.of(new SimpleGrantedAuthority(owner.role().authority()))));
        SecurityContextHolder.setContext(context);
    }
}
