package dev.leat.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Servers;
import dev.leat.settings.Secret;
import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import dev.leat.settings.SslMode;
import org.junit.jupiter.api.Test;

/** Slots on a real server. */
class PhysicalSlotIT {

    @Test
    void physicalSlotHasNeitherPluginNorDatabase() {
        var database = Servers.postgres(18).admin();
        var source = new PostgresSource(
                new SourceEndpoint(
                        SourceKind.POSTGRESQL,
                        database.host(),
                        database.port(),
                        database.name(),
                        database.user(),
                        new Secret(database.password()),
                        SslMode.DISABLE,
                        ""),
                "test");
        database.query("SELECT pg_create_physical_replication_slot('physical_one')");
        try {
            assertThat(new ReplicationSlot(source, "physical_one").state()).hasValueSatisfying(state -> {
                assertThat(state.plugin()).isEmpty();
                assertThat(state.database()).isEmpty();
            });
        } finally {
            database.query("SELECT pg_drop_replication_slot('physical_one')");
        }
    }
}
