package dev.leat.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.fixture.Database;
import dev.leat.fixture.EveryType;
import dev.leat.fixture.Servers;
import java.util.*;
import org.junit.jupiter.api.Test;

class DebeziumComparisonIT {
    @Test
    void first() throws Exception {
        Database source = Servers.postgres(18).newDatabase();
        EveryType.createTypes(source);
        var every = EveryType.plain(18, "every").create(source);
        int n = every.insert(source, 0);
        long s = System.nanoTime();
        try (var peer = new DebeziumPeer(source, Map.of())) {
            var r = peer.await(n);
            System.out.println("snap " + (System.nanoTime() - s) / 1000000);
            every.insert(source, 100);
            r = peer.await(n);
            System.out.println("stream " + (System.nanoTime() - s) / 1000000);
            for (var x : r) System.out.println(x.topic() + " " + new String(x.key()) + new String(x.value()));
        }
        System.out.println("close " + (System.nanoTime() - s) / 1000000);
    }
}
