package dev.leat.shape.etl;

import dev.leat.change.Column;
import dev.leat.change.Table;
import dev.leat.failure.SyncException;
import dev.leat.settings.EtlStep;
import dev.leat.settings.TableEtl;
import dev.leat.shape.dts.DtsScript;
import java.util.List;

/** The steps of one table, checked against its columns; threads share it and make programs of their own. */
public final class EtlPlan {

    private final Table source;
    private final Table target;
    private final String database;
    private final List<Prepared> steps;
    private final int[] slots;
    private final int slotCount;

    private EtlPlan(Table source, String database, StepCompiler compiler) {
        this.source = source;
        this.database = database;
        this.steps = List.copyOf(compiler.prepared());
        this.slots = compiler.slots().stream().mapToInt(Slot::index).toArray();
        this.slotCount = compiler.slotCount();
        List<Column> columns = compiler.slots().stream().map(Slot::column).toList();
        this.target = new Table(source.oid(), source.id(), columns, key(source), source.fullIdentity());
    }

    /**
     * Checks the steps of a table.
     *
     * @param field path of the table's entry in the settings, such as {@code etl[0]}
     * @throws SyncException of kind {@code SETTINGS} that names step, line and column of the first thing that is wrong
     */
    public static EtlPlan compile(Table table, TableEtl etl, String field, String database) {
        StepCompiler compiler = new StepCompiler(table, database);
        for (int i = 0; i < etl.steps().size(); i++) {
            Place place = new Place(table.id(), field + ".steps[" + i + "]");
            EtlStep step = etl.steps().get(i);
            if (step instanceof EtlStep.Script(String script)) {
                script(compiler, script, new Place(table.id(), place.field() + ".script"));
            } else {
                compiler.add(step, place);
            }
        }
        return new EtlPlan(table, database, compiler);
    }

    private static void script(StepCompiler compiler, String script, Place place) {
        for (DtsScript.Translated step : DtsScript.translate(script, compiler.names(), place.table(), place.field())) {
            compiler.add(step.step(), place.with(step.origin()));
        }
    }

    /** Key columns are never set, masked or removed, so each has a place among the target's columns. */
    private List<Integer> key(Table table) {
        return table.key().stream().map(this::place).toList();
    }

    private int place(int slot) {
        int place = 0;
        while (slots[place] != slot) {
            place++;
        }
        return place;
    }

    /** The table as the steps leave it. */
    public Table target() {
        return target;
    }

    /** A program for one thread. */
    public EtlProgram program() {
        List<Action> actions =
                steps.stream().map(step -> Action.of(step, database)).toList();
        return new EtlProgram(source, target, actions, slots, slotCount);
    }
}
