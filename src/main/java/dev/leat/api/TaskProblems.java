package dev.leat.api;

import dev.leat.task.NotInThisState;
import dev.leat.task.RevisionConflict;
import dev.leat.task.TableNotFound;
import dev.leat.task.TaskNotFound;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Problem details of what the tasks' door refuses. */
@RestControllerAdvice(basePackageClasses = TaskProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class TaskProblems {

    @ExceptionHandler
    ProblemDetail missing(TaskNotFound e) {
        return Problems.of(
                HttpStatus.NOT_FOUND.value(), "not-found", "Not found", e.getMessage(), "GET /api/v1/tasks lists all.");
    }

    @ExceptionHandler
    ProblemDetail missing(TableNotFound e) {
        return Problems.of(
                HttpStatus.NOT_FOUND.value(),
                "not-found",
                "Not found",
                e.getMessage(),
                "GET /api/v1/tasks/{id}/tables lists a task's tables.");
    }

    @ExceptionHandler
    ProblemDetail refused(NotInThisState e) {
        ProblemDetail problem = Problems.of(
                HttpStatus.CONFLICT.value(),
                "not-in-this-state",
                "Not in this state",
                e.getMessage(),
                "Wait for another state, or use an operation that fits this one.");
        problem.setProperty("state", e.state());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail overtaken(RevisionConflict e) {
        return Problems.of(
                HttpStatus.PRECONDITION_FAILED.value(),
                "changed-meanwhile",
                "Changed meanwhile",
                e.getMessage(),
                "Read the definition again, then make your change.");
    }
}
