package dev.leat.api;

import dev.leat.security.Audit;
import dev.leat.security.AuditEntry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit log over REST, for administrators. */
@Tag(name = "Audit")
@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

    private final Audit audit;

    AuditController(Audit audit) {
        this.audit = audit;
    }

    @Operation(
            summary = "List who changed what, newest first",
            description = "With actor=… only what one user did. Bodies of requests are never kept.")
    @GetMapping
    Page<AuditEntry> list(
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        int wanted = Page.limit(limit);
        List<AuditEntry> found = audit.list(actor, Cursor.number(cursor), wanted + 1);
        return Page.cut(found, wanted, last -> Cursor.of(String.valueOf(last.id())));
    }
}
