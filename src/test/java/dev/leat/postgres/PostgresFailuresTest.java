package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.failure.FailureKind;
import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What servers say, sorted into kinds; texts and states are those of PostgreSQL's sources. */
class PostgresFailuresTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "28P01 | password authentication failed for user \"leat\" | SOURCE_AUTHENTICATION",
                "28000 | no pg_hba.conf entry for replication connection from host \"10.0.0.1\" | SOURCE_AUTHENTICATION",
                "42501 | permission denied for table orders | SOURCE_PRIVILEGE",
                "42P01 | relation \"orders\" does not exist | SOURCE_OBJECT_MISSING",
                "3D000 | database \"shop\" does not exist | SOURCE_OBJECT_MISSING",
                "42704 | publication \"leat\" does not exist | SOURCE_OBJECT_MISSING",
                "42704 | replication slot \"leat\" does not exist | SOURCE_SLOT_LOST",
                "42704 | snapshot \"00000003-1\" does not exist | SOURCE_OTHER",
                "55000 | could not import the requested snapshot | SOURCE_OTHER",
                "55000 | can no longer get changes from replication slot \"leat\" | SOURCE_SLOT_LOST",
                "55000 | cannot read from logical replication slot \"leat\" | SOURCE_SLOT_LOST",
                "55000 | logical decoding requires \"wal_level\" >= \"logical\" | SOURCE_CONFIGURATION",
                "55000 | logical decoding requires wal_level >= logical | SOURCE_CONFIGURATION",
                "55006 | replication slot \"leat\" is active for PID 7 | SOURCE_SLOT_BUSY",
                "58P01 | requested WAL segment 000000010000000000000001 has already been removed | SOURCE_SLOT_LOST",
                "58P01 | could not access file \"$libdir/hstore\": No such file or directory | SOURCE_OTHER",
                "53400 | all replication slots are in use | SOURCE_CONFIGURATION",
                "53300 | number of requested standby connections exceeds max_wal_senders | SOURCE_UNREACHABLE",
                "53300 | sorry, too many clients already | SOURCE_UNREACHABLE",
                "57P01 | terminating connection due to administrator command | SOURCE_UNREACHABLE",
                "57P03 | the database system is starting up | SOURCE_UNREACHABLE",
                "08006 | An I/O error occurred while sending to the backend. | SOURCE_UNREACHABLE",
                "08004 | The server requested password-based authentication | SOURCE_AUTHENTICATION",
                "08004 | The server does not support SSL. | SOURCE_CONFIGURATION",
                "XX000 | cache lookup failed for type 7 | SOURCE_OTHER"
            })
    void everyStateHasItsKind(String state, String text, FailureKind kind) {
        assertThat(PostgresFailures.kind(new SQLException("ERROR: " + text, state)))
                .isEqualTo(kind);
    }

    @Test
    void brokenConnectionWithoutAStateIsAnUnreachableSource() {
        assertThat(PostgresFailures.kind(new SQLException("broken", new IOException("reset"))))
                .isEqualTo(FailureKind.SOURCE_UNREACHABLE);
        assertThat(PostgresFailures.kind(new SQLException("odd"))).isEqualTo(FailureKind.SOURCE_OTHER);
    }

    @Test
    void failureNamesItsSubjectOnOneLineAndTheRemedy() {
        var failure = PostgresFailures.of(
                "Source db:5432/shop",
                new SQLException("ERROR: logical decoding\n  requires wal_level >= logical", "55000"));

        assertThat(failure).hasMessage("Source db:5432/shop: ERROR: logical decoding   requires wal_level >= logical");
        assertThat(failure.remedy()).contains("ALTER SYSTEM SET wal_level = 'logical'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "53400 | all replication slots are in use Hint: Free one or increase max_replication_slots. | max_replication_slots",
                "53300 | number of requested standby connections exceeds max_wal_senders | max_wal_senders",
                "42501 | must be superuser or replication role to start walsender | WITH REPLICATION",
                "42501 | Only roles with the REPLICATION attribute may start a WAL sender process. | WITH REPLICATION"
            })
    void remedyNamesWhatToChange(String state, String text, String remedy) {
        assertThat(PostgresFailures.of("Source", new SQLException(text, state)).remedy())
                .contains(remedy);
    }
}
