package dev.leat.console;

import dev.leat.connection.ConnectionRefused;
import dev.leat.task.TaskNotFound;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Answers who asks the console for a task that is not there with a page; other errors reach the same page by {@code /error}. */
@ControllerAdvice(basePackageClasses = ErrorPages.class)
final class ErrorPages {

    /** A parameter that the firewall does not let through. */
    @ExceptionHandler
    String refused(RequestRejectedException e, HttpServletRequest request, HttpServletResponse response, Model model) {
        return error(HttpServletResponse.SC_BAD_REQUEST, request, response, model);
    }

    /** Of connections only one that is gone comes so far. */
    @ExceptionHandler({TaskNotFound.class, ConnectionRefused.class, MethodArgumentTypeMismatchException.class})
    String notFound(HttpServletRequest request, HttpServletResponse response, Model model) {
        return error(HttpServletResponse.SC_NOT_FOUND, request, response, model);
    }

    private static String error(int status, HttpServletRequest request, HttpServletResponse response, Model model) {
        response.setStatus(status);
        model.addAttribute("status", status);
        model.addAttribute("path", request.getRequestURI());
        return "error";
    }
}
