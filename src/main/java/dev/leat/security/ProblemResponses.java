package dev.leat.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers REST calls that were not let in, as problem details (RFC 9457). */
final class ProblemResponses implements AuthenticationEntryPoint, AccessDeniedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException {
        if (cause instanceof TooManyAttempts) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(SignInLimit.WINDOW.toSeconds()));
            write(
                    response,
                    429,
                    "too-many-attempts",
                    "Too many failed sign-ins",
                    "Too many sign-ins failed for this user or from this address.",
                    "Wait " + SignInLimit.WINDOW.toMinutes() + " minutes, then try again.");
            return;
        }
        // no challenge to scripts in a page: a browser would open its own password window
        if (!"XMLHttpRequest".equals(request.getHeader("X-Requested-With"))) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Leat\", charset=\"UTF-8\"");
        }
        write(
                response,
                401,
                "not-signed-in",
                "Not signed in",
                "The request carries no valid token, user name or" + " password.",
                "Send Authorization: Bearer leat_…, or Basic with a user's name and password.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        write(
                response,
                403,
                "not-allowed",
                "Not allowed",
                "Your role does not allow this call.",
                "Ask an" + " administrator for a role that does.");
    }

    /** Nothing of the request is repeated, so nothing needs escaping. */
    private static void write(
            HttpServletResponse response, int status, String type, String title, String detail, String remedy)
            throws IOException {
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write("""
            {"type":"urn:leat:problem:%s","title":"%s","status":%d,"detail":"%s","remedy":"%s"}\
            """.formatted(type, title, status, detail, remedy));
    }
}
