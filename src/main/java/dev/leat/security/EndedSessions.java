package dev.leat.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Ends a session whose user was removed, or has another role or password since. */
final class EndedSessions extends OncePerRequestFilter {

    private final UserStore users;

    EndedSessions(UserStore users) {
        this.users = users;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication user = SecurityContextHolder.getContext().getAuthentication();
        if (user != null
                && SignedIn.of(user)
                        .filter(signedIn -> isOver(user.getName(), signedIn))
                        .isPresent()) {
            end(request);
        }
        chain.doFilter(request, response);
    }

    private boolean isOver(String user, SignedIn signedIn) {
        return users.find(user).filter(signedIn::isOf).isEmpty();
    }

    private static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }
}
