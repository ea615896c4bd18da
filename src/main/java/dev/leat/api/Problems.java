package dev.leat.api;

import dev.leat.settings.Violation;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Makes problem details (RFC 9457): a stable type, what happened, and the remedy. */
final class Problems {

    private static final String TYPE = "urn:leat:problem:";

    private Problems() {}

    static ProblemDetail of(int status, String type, String title, String detail, String remedy) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(status), detail);
        problem.setType(URI.create(TYPE + type));
        problem.setTitle(title);
        problem.setProperty("remedy", remedy);
        return problem;
    }

    /** All that is wrong with what was sent. */
    static ProblemDetail invalid(int status, List<Violation> violations) {
        String detail = violations.size() == 1
                ? violations.getFirst().field() + ": " + violations.getFirst().message()
                : violations.size() + " fields are wrong.";
        ProblemDetail problem =
                of(status, "invalid-settings", "Invalid settings", detail, "Correct the fields named in 'violations'.");
        problem.setProperty("violations", violations);
        return problem;
    }
}
