package dev.leat.task;

import dev.leat.change.Lsn;
import dev.leat.change.TableId;
import dev.leat.sync.KnownShape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The shape of a table's rows as it is stored, in JSON.
 *
 * @param oid OID of the relation
 * @param commitLsn transaction from which on it holds
 * @param index place in that transaction
 * @param columns the columns
 * @param key names of the key's columns; null in what was stored before they were noted
 */
record StoredShape(
        int oid,
        String commitLsn,
        int index,
        List<KnownShape.KnownColumn> columns,
        @Nullable List<String> key) {

    static StoredShape of(KnownShape shape) {
        return new StoredShape(shape.oid(), shape.commitLsn().toString(), shape.index(), shape.columns(), shape.key());
    }

    static StoredShape read(String json) {
        return JsonMapper.shared().readValue(json, StoredShape.class);
    }

    String write() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    KnownShape of(TableId table) {
        return new KnownShape(table, oid, Lsn.parse(commitLsn), index, columns, key);
    }
}
