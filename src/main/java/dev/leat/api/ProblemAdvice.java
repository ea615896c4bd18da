package dev.leat.api;

import dev.leat.connection.ConnectionRefused;
import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import dev.leat.security.AccountRefused;
import dev.leat.settings.InvalidSettings;
import dev.leat.settings.Violation;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever goes wrong in a REST call into problem details; never a stack trace, never a secret. */
@RestControllerAdvice(basePackageClasses = ProblemAdvice.class)
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ProblemDetail invalid(InvalidSettings e) {
        return Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT.value(), e.violations());
    }

    @ExceptionHandler
    ProblemDetail refused(AccountRefused e) {
        Violation violation = new Violation(e.field(), e.problem(), e.remedy());
        return Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT.value(), List.of(violation));
    }

    @ExceptionHandler
    ProblemDetail refused(ConnectionRefused e) {
        HttpStatus status = switch (e.reason()) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case EXISTS, IN_USE, OTHER_SOURCE -> HttpStatus.CONFLICT;
            case CHANGED_MEANWHILE -> HttpStatus.PRECONDITION_FAILED;
        };
        return Problems.of(
                status.value(), "connection-" + kebab(e.reason()), "Connection refused", e.getMessage(), e.remedy());
    }

    @ExceptionHandler
    ProblemDetail failed(SyncException e) {
        ProblemDetail problem =
                Problems.of(status(e.kind()).value(), kebab(e.kind()), title(e.kind()), e.getMessage(), e.remedy());
        problem.setProperty("kind", e.kind());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail refused(RequestRejectedException e) {
        return Problems.of(
                HttpStatus.BAD_REQUEST.value(),
                "bad-request",
                "Bad request",
                "A parameter of the request holds a character that no text has.",
                "Leave out the character NUL.");
    }

    @ExceptionHandler
    ProblemDetail missing(NoSuchThing e) {
        return Problems.of(HttpStatus.NOT_FOUND.value(), "not-found", "Not found", e.getMessage(), e.remedy());
    }

    @ExceptionHandler({DataAccessResourceFailureException.class, CannotCreateTransactionException.class})
    ProblemDetail metadataUnavailable(Exception e) {
        LOG.atError().setCause(e).log("the metadata database does not answer");
        FailureKind kind = FailureKind.METADATA_UNAVAILABLE;
        return Problems.of(
                status(kind).value(),
                kebab(kind),
                title(kind),
                "Leat's metadata database does not answer.",
                kind.remedy());
    }

    @ExceptionHandler
    ProblemDetail unexpected(Exception e) {
        LOG.atError().setCause(e).log("a REST call failed unexpectedly");
        return Problems.of(
                HttpStatus.INTERNAL_SERVER_ERROR.value(),
                "internal",
                "Internal error",
                "The call failed unexpectedly.",
                "Look into Leat's log for the cause.");
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem =
                Problems.invalid(HttpStatus.BAD_REQUEST.value(), List.of(UnreadableBody.violation(e.getCause())));
        return handleExceptionInternal(e, problem, headers, HttpStatus.BAD_REQUEST, request);
    }

    /** What the framework itself finds wrong gets a type and a remedy too. */
    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem && isUntyped(problem.getType())) {
            HttpStatus known = HttpStatus.resolve(status.value());
            problem.setType(URI.create("urn:leat:problem:" + (known == null ? "other" : kebab(known))));
            problem.setProperty("remedy", "See /api-docs for what this call takes.");
        }
        return super.createResponseEntity(body, headers, status, request);
    }

    private static boolean isUntyped(@Nullable URI type) {
        return type == null || type.toString().equals("about:blank");
    }

    private static HttpStatus status(FailureKind kind) {
        return switch (kind) {
            case SOURCE_UNREACHABLE,
                    SOURCE_PROTOCOL,
                    SOURCE_OTHER,
                    DESTINATION_UNREACHABLE,
                    DESTINATION_OTHER,
                    REGISTRY_UNREACHABLE -> HttpStatus.BAD_GATEWAY;
            case SOURCE_AUTHENTICATION,
                    SOURCE_PRIVILEGE,
                    SOURCE_CONFIGURATION,
                    SOURCE_OBJECT_MISSING,
                    DESTINATION_AUTHENTICATION,
                    DESTINATION_PRIVILEGE,
                    DESTINATION_TOPIC_MISSING,
                    REGISTRY_AUTHENTICATION,
                    REGISTRY_REFUSED,
                    RECORD_TOO_LARGE,
                    SETTINGS -> HttpStatus.UNPROCESSABLE_CONTENT;
            case SOURCE_SCHEMA_CHANGED, SOURCE_SLOT_BUSY, SOURCE_WAL_LIMIT, SOURCE_SLOT_LOST, FENCED ->
                HttpStatus.CONFLICT;
            case METADATA_UNAVAILABLE, TEMPORARY_STORAGE -> HttpStatus.SERVICE_UNAVAILABLE;
            case UNKNOWN -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    private static String title(FailureKind kind) {
        String words = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
