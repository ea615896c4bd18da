package dev.leat.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.Servers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the database of users allows at once. */
class UserStoreIT {

    @Test
    void twoAdministratorsRemovedAtOnceLeftNone() throws Exception {
        Database database = Servers.postgres(18).newDatabase();
        database.execute(
                "CREATE TABLE app_user (name text PRIMARY KEY, password_hash text, role text, created_at timestamptz)");
        var users = new UserStore(JdbcClient.create(
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password())));
        for (int round = 0; round < 20; round++) {
            List.of("ada", "bert").forEach(name -> users.add(new User(name, Role.ADMIN, Instant.EPOCH), ""));
            var together = new CyclicBarrier(2);

            var removed = List.of("ada", "bert").stream()
                    .map(name -> new FutureTask<>(() -> {
                        together.await();
                        return users.remove(name);
                    }))
                    .toList();
            removed.forEach(Thread::startVirtualThread);

            assertThat(List.of(removed.getFirst().get(), removed.getLast().get()))
                    .containsOnlyOnce(true);
        }
        assertThat(users.remove("nobody")).isFalse();
        database.drop();
    }
}
