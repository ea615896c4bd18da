package dev.leat.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** What the demo keeps from one start to the next; readable by its own user alone. */
final class DemoDirectory {

    private static final int PASSWORD_BYTES = 12;

    private final Path path;

    /** Makes the directory when it is missing. */
    DemoDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(this.path)) {
                Files.createDirectories(this.path, ownerOnly());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + this.path, e);
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** A random text that is made once and kept. */
    String password(String name) {
        var file = resolve(name + ".password");
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, random());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + file, e);
        }
    }

    private static String random() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
