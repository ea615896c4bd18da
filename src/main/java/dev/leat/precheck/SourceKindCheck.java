package dev.leat.precheck;

import dev.leat.settings.SourceEndpoint;
import dev.leat.settings.SourceKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether the source is what its connection says, in a version that Leat can read. */
final class SourceKindCheck implements Check {

    private static final int LEAST_POSTGRES = 120_000;
    private static final int LEAST_WITH_MESSAGES = 140_000;
    private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)*");
    private static final List<BigInteger> LEAST_KERNEL = parts("7.2.1.4");

    @Override
    public String name() {
        return "SOURCE_KIND";
    }

    @Override
    public String title() {
        return "Source is of the kind and version that Leat can read";
    }

    @Override
    public Outcome run(PrecheckContext context) {
        SourceEndpoint endpoint = context.plan().source();
        ServerFacts server = context.source().server();
        List<Finding> findings = new ArrayList<>(
                endpoint.kind() == SourceKind.POSTGRESQL
                        ? postgres(endpoint.address(), server)
                        : analyticDb(endpoint.address(), server));
        if (context.task().destination().messageTopic() != null && server.versionNumber() < LEAST_WITH_MESSAGES) {
            findings.add(withoutMessages(endpoint.address(), server));
        }
        return Outcome.of(findings);
    }

    static List<Finding> postgres(String place, ServerFacts server) {
        if (isAnalyticDb(server)) {
            return List.of(Finding.error(
                    place,
                    "The connection says PostgreSQL, the server is " + server.version() + ".",
                    "Change the connection's kind to ANALYTICDB_POSTGRESQL."));
        }
        return server.versionNumber() >= LEAST_POSTGRES ? List.of() : List.of(tooOld(place, server));
    }

    static List<Finding> analyticDb(String place, ServerFacts server) {
        if (!isAnalyticDb(server)) {
            return List.of(Finding.error(
                    place,
                    "The connection says AnalyticDB for PostgreSQL, the server is " + server.version() + ".",
                    "Change the connection's kind to POSTGRESQL."));
        }
        if (server.versionNumber() < LEAST_POSTGRES) {
            return List.of(tooOld(place, server));
        }
        List<BigInteger> kernel = parts(server.kernelVersion());
        if (kernel.isEmpty()) {
            return List.of(Finding.alert(
                    place,
                    "The server does not tell its kernel version (adbpg_version); 7.2.1.4 or later is needed.",
                    "SHOW adbpg_version;"));
        }
        return compare(kernel, LEAST_KERNEL) >= 0
                ? List.of()
                : List.of(Finding.error(
                        place,
                        "The kernel version is " + server.kernelVersion() + "; 7.2.1.4 or later is needed.",
                        "Upgrade the minor version of the AnalyticDB instance in its console."));
    }

    private static boolean isAnalyticDb(ServerFacts server) {
        return !server.kernelVersion().isEmpty() || server.version().contains("Greenplum Database");
    }

    private static Finding withoutMessages(String place, ServerFacts server) {
        return Finding.error(
                place,
                "The server is " + server.version() + "; logical messages need PostgreSQL 14 or later.",
                "Leave destination.messageTopic out, or upgrade the server to PostgreSQL 14 or later.");
    }

    private static Finding tooOld(String place, ServerFacts server) {
        return Finding.error(
                place,
                "The server is " + server.version() + "; PostgreSQL 12 or later is needed.",
                "Upgrade the server to PostgreSQL 12 or later.");
    }

    /** The leading numbers of a version, as in {@code 7.2.1.10}; empty when it has none. */
    private static List<BigInteger> parts(String version) {
        Matcher matcher = NUMBERS.matcher(version);
        return matcher.find()
                ? Stream.of(matcher.group().split("\\.", -1))
                        .map(BigInteger::new)
                        .toList()
                : List.of();
    }

    private static int compare(List<BigInteger> version, List<BigInteger> other) {
        for (int i = 0; i < Math.max(version.size(), other.size()); i++) {
            BigInteger part = i < version.size() ? version.get(i) : BigInteger.ZERO;
            BigInteger otherPart = i < other.size() ? other.get(i) : BigInteger.ZERO;
            if (!part.equals(otherPart)) {
                return part.compareTo(otherPart);
            }
        }
        return 0;
    }
}
