package dev.leat.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Notes every request by which a user changes something, or tries to. */
final class AuditTrail extends OncePerRequestFilter {

    private final Audit audit;

    AuditTrail(Audit audit) {
        this.audit = audit;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return FilterChains.onlyReads(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        // taken before, since a user may remove himself
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        int status = HttpStatus.INTERNAL_SERVER_ERROR.value();
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } catch (AccessDeniedException e) {
            status = HttpStatus.FORBIDDEN.value();
            throw e;
        } finally {
            note(user, request, status);
        }
    }

    private void note(@Nullable Authentication user, HttpServletRequest request, int status) {
        if (user == null || user instanceof AnonymousAuthenticationToken) {
            return;
        }
        audit.note(
                user.getName(),
                request.getRemoteAddr(),
                request.getMethod() + " " + request.getRequestURI(),
                status,
                request.getAttribute(Audit.DETAIL) instanceof String detail ? detail : null);
    }
}
