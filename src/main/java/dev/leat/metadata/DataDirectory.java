package dev.leat.metadata;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/** The directory that Leat owns on this machine; made when first needed, readable by its own user alone. */
public final class DataDirectory {

    private static final String REMEDY =
            "Make the directory writable for the user that runs Leat, or name another with LEAT_DATA_DIR.";

    private final Path path;

    /** A directory; nothing is made yet. */
    public DataDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** The place of a file or directory inside. */
    public Path resolve(String name) {
        return path.resolve(name);
    }

    /**
     * The text of a file that only Leat's own user may read; when there is none, it is made with a fresh text.
     *
     * @throws MetadataUnavailable when it cannot be read or written
     */
    public String secret(String name, Supplier<String> fresh) {
        Path file = resolve(name);
        try {
            create();
            if (!Files.exists(file)) {
                write(file, fresh.get());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new MetadataUnavailable("The file " + file + " cannot be read or written: " + e, REMEDY, e);
        }
    }

    /** Makes the directory if it is missing. */
    void create() {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, onlyOwner(path, "rwx------"));
            }
        } catch (IOException e) {
            throw new MetadataUnavailable("The data directory " + path + " cannot be made: " + e, REMEDY, e);
        }
    }

    /** Written beside and moved, so that a crash leaves no half of it; the first writer wins. */
    private static void write(Path file, String text) throws IOException {
        Path fresh =
                Files.createTempFile(directoryOf(file), file.getFileName() + "-", ".new", onlyOwner(file, "rw-------"));
        try {
            Files.writeString(fresh, text + "\n", StandardOpenOption.SYNC);
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            return;
        } finally {
            Files.delete(fresh);
        }
    }

    private static Path directoryOf(Path file) {
        Path directory = file.getParent();
        return directory == null ? Path.of(".") : directory;
    }

    private static FileAttribute<?>[] onlyOwner(Path file, String permissions) {
        Set<String> views = file.getFileSystem().supportedFileAttributeViews();
        return views.contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Its absolute path. */
    @Override
    public String toString() {
        return path.toString();
    }
}
