package dev.leat.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.web.servlet.HandlerInterceptor;

/** Gives every page, error pages too, what its frame shows: the navigation and who is signed in. */
final class ConsoleFrame implements HandlerInterceptor {

    /** One entry of the navigation; the text is the message {@code nav.<key>}. */
    record Entry(String key, String path, String icon) {}

    /** A new room of the console adds its line here. */
    private static final List<Entry> ENTRIES = List.of(
            new Entry("tasks", "/tasks", "water"),
            new Entry("connections", "/connections", "plug"),
            new Entry("nodes", "/nodes", "hdd-rack"));

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        request.setAttribute("navigation", ENTRIES);
        request.setAttribute("user", request.getRemoteUser());
        return true;
    }
}
