package dev.leat.postgres.pgoutput;

import dev.leat.change.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What PostgreSQL 12, 15 and 18 said to the changes of {@link PgOutputDecoderIT}. */
final class Recordings {

    /** The recorded messages, without what differs from one recording to the next, a line each. */
    static final String MESSAGES = """
            begin
            type public.mood
            relation public.items d id*:-1 name:44 mood:-1 big:-1
            insert (1, é☃, fine, 2100 bytes)
            insert (2, , NULL, NULL)
            commit
            begin
            update ? to (1, b, fine, UNCHANGED)
            commit
            begin
            update key(1, NULL, NULL, NULL) to (3, b, fine, UNCHANGED)
            commit
            begin
            delete key(3, NULL, NULL, NULL)
            commit
            begin
            relation public.whole f a*:-1 b*:655366
            insert (1, 1.50)
            commit
            begin
            update (1, 1.50) to (1, 2.00)
            commit
            begin
            delete (1, 2.00)
            commit
            begin
            type public.mood
            relation public.items d id*:-1 name:44 mood:-1 big:-1
            relation public.whole f a*:-1 b*:655366
            truncate 2
            commit
            begin
            origin elsewhere
            relation public.whole f a*:-1 b*:655366
            insert (7, NULL)
            commit
            """;

    private Recordings() {}

    static List<byte[]> of(int major) {
        try (var file = Recordings.class.getResourceAsStream("pg" + major + ".hex")) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(HexFormat.of()::parseHex)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line a message; servers before 15 also send transactions in which nothing happened. */
    static String decoded(List<byte[]> messages) {
        return messages.stream()
                .map(Recordings::decoded)
                .collect(Collectors.joining())
                .replace("begin\ncommit\n", "");
    }

    private static String decoded(byte[] message) {
        return text(PgOutputDecoder.decode(message, 0, new Row(), new Row())) + "\n";
    }

    private static String text(PgOutputMessage message) {
        return switch (message) {
            case PgOutputMessage.Begin ignored -> "begin";
            case PgOutputMessage.Commit ignored -> "commit";
            case PgOutputMessage.Origin origin -> "origin " + origin.name();
            case PgOutputMessage.Type type -> "type " + type.schema() + "." + type.name();
            case PgOutputMessage.Relation relation -> relation(relation);
            case PgOutputMessage.Insert insert -> "insert " + text(insert.after());
            case PgOutputMessage.Update update ->
                "update " + (update.before() == null ? "?" : text(update.before())) + " to " + text(update.after());
            case PgOutputMessage.Delete delete -> "delete " + text(delete.before());
            case PgOutputMessage.Truncate truncate ->
                "truncate " + truncate.relations().size();
            case PgOutputMessage.Message logical ->
                "message " + logical.prefix() + (logical.transactional() ? " within " : " between ")
                        + new String(logical.content(), StandardCharsets.UTF_8);
        };
    }

    private static String relation(PgOutputMessage.Relation relation) {
        return "relation " + relation.schema() + "." + relation.table() + " " + relation.replicaIdentity() + " "
                + relation.columns().stream()
                        .map(column -> column.name() + (column.key() ? "*" : "") + ":" + column.typeModifier())
                        .collect(Collectors.joining(" "));
    }

    private static String text(Row row) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> row.length(i) > 100 ? row.length(i) + " bytes" : row.text(i))
                .collect(Collectors.joining(", ", row.keyOnly() ? "key(" : "(", ")"));
    }
}
