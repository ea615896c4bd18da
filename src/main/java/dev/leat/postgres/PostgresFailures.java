package dev.leat.postgres;

import dev.leat.failure.FailureKind;
import dev.leat.failure.SyncException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Sorts what the source's driver throws into kinds of failure, by SQLState (PostgreSQL's manual, appendix A). */
public final class PostgresFailures {

    private static final Pattern READER = Pattern.compile("is active for PID (\\d+)");

    private PostgresFailures() {}

    /**
     * The failure for an exception.
     *
     * @param subject the object it is about, such as {@code Table public.orders} or {@code Source 10.0.0.5:5432}
     */
    public static SyncException of(String subject, SQLException cause) {
        if (text(cause).contains("requireAuth")) {
            return inTheClear(subject, cause);
        }
        FailureKind kind = kind(cause);
        return new SyncException(kind, subject + ": " + text(cause), remedy(subject, kind, cause), cause);
    }

    private static SyncException inTheClear(String subject, SQLException cause) {
        return new SyncException(
                FailureKind.SOURCE_CONFIGURATION,
                subject + ": the server asks for the password in the clear without having proved who it is; it was not"
                        + " sent.",
                "Let pg_hba.conf ask by scram-sha-256, or, where it must be password, ldap, pam or radius, use the"
                        + " sslMode verify-full.",
                cause);
    }

    /** The kind of failure an exception stands for. */
    public static FailureKind kind(SQLException cause) {
        String state = cause.getSQLState();
        if (state == null) {
            return brokenConnection(cause) ? FailureKind.SOURCE_UNREACHABLE : FailureKind.SOURCE_OTHER;
        }
        return switch (state) {
            case "28000", "28P01" -> FailureKind.SOURCE_AUTHENTICATION;
            // the driver's own, when the password is missing or the server does not encrypt
            case "08004" ->
                text(cause).contains("SSL") ? FailureKind.SOURCE_CONFIGURATION : FailureKind.SOURCE_AUTHENTICATION;
            case "42501" -> FailureKind.SOURCE_PRIVILEGE;
            case "42P01", "3F000", "3D000", "42703", "42704", "57P04" -> missing(cause);
            case "55006" -> FailureKind.SOURCE_SLOT_BUSY;
            case "55000" -> notInState(cause);
            case "58P01" -> noFile(cause);
            case "53400", "0A000" -> FailureKind.SOURCE_CONFIGURATION;
            case "53300", "57P01", "57P02", "57P03", "57P05" -> FailureKind.SOURCE_UNREACHABLE;
            default ->
                state.startsWith("08") || brokenConnection(cause)
                        ? FailureKind.SOURCE_UNREACHABLE
                        : FailureKind.SOURCE_OTHER;
        };
    }

    private static FailureKind missing(SQLException cause) {
        String text = text(cause);
        if (text.contains("replication slot")) {
            return FailureKind.SOURCE_SLOT_LOST;
        }
        // a snapshot dies with its session, and the next attempt takes another
        return text.contains("snapshot") ? FailureKind.SOURCE_OTHER : FailureKind.SOURCE_OBJECT_MISSING;
    }

    private static FailureKind noFile(SQLException cause) {
        return text(cause).contains("WAL segment") ? FailureKind.SOURCE_SLOT_LOST : FailureKind.SOURCE_OTHER;
    }

    private static FailureKind notInState(SQLException cause) {
        String text = text(cause);
        if (text.contains("wal_level") || text.contains("logical decoding requires")) {
            return FailureKind.SOURCE_CONFIGURATION;
        }
        return text.contains("slot") ? FailureKind.SOURCE_SLOT_LOST : FailureKind.SOURCE_OTHER;
    }

    private static boolean brokenConnection(SQLException cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private static String remedy(String subject, FailureKind kind, SQLException cause) {
        String text = text(cause);
        Matcher reader = READER.matcher(text);
        if (kind == FailureKind.SOURCE_SLOT_BUSY && reader.find()) {
            return "End the other consumer of the slot: SELECT pg_terminate_backend(" + reader.group(1) + ");";
        }
        if (kind == FailureKind.SOURCE_PRIVILEGE && subject.startsWith("Table ")) {
            return "Run GRANT SELECT ON TABLE " + subject.substring("Table ".length())
                    + " TO the connection's user, and GRANT USAGE ON its SCHEMA if that is missing; then resume the"
                    + " task.";
        }
        if (text.contains("wal_level")) {
            return "Run ALTER SYSTEM SET wal_level = 'logical'; and restart the server.";
        }
        if (text.contains("max_replication_slots")) {
            return "Raise max_replication_slots, or drop a slot that is no longer used, and restart the server.";
        }
        if (text.contains("max_wal_senders")) {
            return "Raise max_wal_senders and restart the server.";
        }
        if (kind == FailureKind.SOURCE_PRIVILEGE
                && text.toLowerCase(Locale.ROOT).contains("replication")) {
            return "Run ALTER USER <user> WITH REPLICATION; as a superuser.";
        }
        return kind.remedy();
    }

    private static String text(@Nullable Throwable cause) {
        String message = cause == null ? null : cause.getMessage();
        return message == null ? "no details" : message.replace('\n', ' ').strip();
    }
}
