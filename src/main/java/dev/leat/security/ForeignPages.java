package dev.leat.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses calls that change something when a page of another site makes them: a browser adds the Basic credentials that
 * it remembers by itself. Programs do not send the header.
 */
final class ForeignPages extends OncePerRequestFilter {

    private final AccessDeniedHandler refusal;

    ForeignPages(AccessDeniedHandler refusal) {
        this.refusal = refusal;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String site = request.getHeader("Sec-Fetch-Site");
        boolean foreign = "cross-site".equals(site) || "same-site".equals(site);
        if (foreign && !FilterChains.onlyReads(request)) {
            refusal.handle(request, response, new AccessDeniedException("A page of another site asks for a change."));
            return;
        }
        chain.doFilter(request, response);
    }
}
