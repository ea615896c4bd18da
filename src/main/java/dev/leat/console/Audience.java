package dev.leat.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/**
 * For whom a page is written; readers that are equal get the same page.
 *
 * @param locale their language
 * @param operator whether they may act on tasks
 * @param base path under which the service is mounted, empty for the root
 */
record Audience(Locale locale, boolean operator, String base) {

    static Audience of(HttpServletRequest request, Locale locale) {
        boolean operator = request.isUserInRole("OPERATOR") || request.isUserInRole("ADMIN");
        return new Audience(locale, operator, request.getContextPath());
    }
}
