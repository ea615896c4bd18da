package dev.leat.security;

import static dev.leat.security.UserStore.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** The audit log: who changed what, when, and from where. It never holds what was sent, since that may be secret. */
public final class Audit {

    static final String DETAIL = Audit.class.getName() + ".detail";

    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
    private static final Duration KEPT = Duration.ofDays(400);
    private static final int LONGEST_TEXT = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    Audit(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Says of the present request what its path does not, such as which items it is about. */
    public static void detail(String text) {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        if (request != null) {
            request.setAttribute(DETAIL, text, RequestAttributes.SCOPE_REQUEST);
        }
    }

    /**
     * Entries, newest first.
     *
     * @param actor only those of a user; empty for all
     * @param before only those with lower numbers
     * @param limit at most so many
     */
    public List<AuditEntry> list(String actor, long before, int limit) {
        return jdbc.sql("""
                        SELECT id, at, actor, address, action, status, detail FROM audit_entry
                        WHERE (:actor = '' OR actor = :actor) AND id < :before ORDER BY id DESC LIMIT :limit
                        """)
                .param("actor", actor)
                .param("before", before)
                .param("limit", limit)
                .query((row, number) -> entry(row))
                .list();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, Integer.class),
                row.getString(7));
    }

    /** A request that is over must not fail because of what is noted of it. */
    void note(String actor, String address, String action, @Nullable Integer status, @Nullable String detail) {
        try {
            jdbc.sql("""
                            INSERT INTO audit_entry (at, actor, address, action, status, detail)
                            VALUES (:at, :actor, :address, :action, :status::integer, :detail::text)
                            """)
                    .param("at", time(clock.instant()))
                    .param("actor", cut(actor))
                    .param("address", address)
                    .param("action", cut(action))
                    .param("status", status)
                    .param("detail", detail == null ? null : cut(detail))
                    .update();
        } catch (DataAccessException e) {
            LOG.atError()
                    .addKeyValue("actor", actor)
                    .addKeyValue("action", action)
                    .log("The audit log cannot be written: {}", e.getMessage());
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    @EventListener
    void signedIn(InteractiveAuthenticationSuccessEvent event) {
        String address = event.getAuthentication().getDetails() instanceof WebAuthenticationDetails details
                ? String.valueOf(details.getRemoteAddress())
                : "";
        note(event.getAuthentication().getName(), address, "SIGN_IN", null, null);
    }

    /** What is older than a year and a bit is nobody's business any more. */
    @Scheduled(fixedDelay = 86_400_000, initialDelay = 60_000)
    void forget() {
        jdbc.sql("DELETE FROM audit_entry WHERE at < :old")
                .param("old", time(clock.instant().minus(KEPT)))
                .update();
    }
}
