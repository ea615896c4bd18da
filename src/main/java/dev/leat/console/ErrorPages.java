package dev.leat.console;

import dev.leat.task.TaskNotFound;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Answers a browser that asks for what is not there with a page instead of a problem document. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ErrorPages {

    @ExceptionHandler(
            exception = {TaskNotFound.class, NoResourceFoundException.class, MethodArgumentTypeMismatchException.class},
            produces = MediaType.TEXT_HTML_VALUE)
    String notFound(HttpServletRequest request, HttpServletResponse response, Model model) {
        response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        model.addAttribute("status", HttpServletResponse.SC_NOT_FOUND);
        model.addAttribute("path", request.getRequestURI());
        return "error";
    }
}
