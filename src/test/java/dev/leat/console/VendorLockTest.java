package dev.leat.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The scripts and styles of others are the ones that were chosen, and all of them are named. */
class VendorLockTest {

    private static final Path VENDOR = Path.of("frontend/static/vendor");
    private static final Set<String> LICENCES = Set.of("MIT", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0");

    /** A line of the lock file. */
    private record Locked(String name, String version, String licence, String file, String sha512) {

        static Locked of(String line) {
            String[] parts = line.split(" ");
            return new Locked(parts[0], parts[1], parts[2], parts[3], parts[4]);
        }
    }

    @Test
    void everyFileIsAsLocked() throws IOException, GeneralSecurityException {
        for (Locked locked : lock()) {
            byte[] content = Files.readAllBytes(VENDOR.resolve(locked.file()));
            byte[] digest = MessageDigest.getInstance("SHA-512").digest(content);
            assertThat(Base64.getEncoder().encodeToString(digest))
                    .as(locked.file())
                    .isEqualTo(locked.sha512());
        }
    }

    @Test
    void everyFileIsLockedUnderItsNameAndVersion() throws IOException {
        Set<String> present;
        try (var files = Files.walk(VENDOR)) {
            present = files.filter(Files::isRegularFile)
                    .map(file -> VENDOR.relativize(file).toString())
                    .filter(file -> !file.equals("vendor.lock") && !file.endsWith("/LICENSE"))
                    .collect(Collectors.toSet());
        }
        assertThat(lock()).extracting(Locked::file).containsExactlyInAnyOrderElementsOf(present);
        assertThat(lock())
                .allSatisfy(
                        locked -> assertThat(locked.file()).startsWith(locked.name() + "/" + locked.version() + "/"));
    }

    @Test
    void everyLicenceIsAllowed() throws IOException {
        assertThat(lock()).extracting(Locked::licence).isSubsetOf(LICENCES);
        assertThat(lock())
                .allSatisfy(locked -> assertThat(VENDOR.resolve(locked.name())
                                .resolve(locked.version())
                                .resolve("LICENSE"))
                        .isNotEmptyFile());
    }

    private static List<Locked> lock() throws IOException {
        return Files.readAllLines(VENDOR.resolve("vendor.lock")).stream()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(Locked::of)
                .toList();
    }
}
