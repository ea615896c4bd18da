package dev.leat.shape.etl;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.leat.failure.SyncException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses and type-checks expressions with CEL, over our functions only. */
final class Checker {

    private static final int MAX_DEPTH = 100;

    private static final Map<String, Overload> BY_ID = new HashMap<>();
    private static final CelCompiler COMPILER = compiler();

    private final Map<String, Slot> columns = new LinkedHashMap<>();

    /** Checks expressions over the columns as they are at one point of the program. */
    Checker(List<Slot> slots) {
        slots.forEach(slot -> columns.put(slot.column().name(), slot));
    }

    /** The signature that the type checker chose. */
    static Overload overload(String id) {
        Overload overload = BY_ID.get(id);
        if (overload == null) {
            throw new RowError("this is not available here");
        }
        return overload;
    }

    /**
     * A checked expression.
     *
     * @throws SyncException of kind {@code SETTINGS} with line and column of what is wrong
     */
    Checked check(String expression, Place place) {
        Quoting quoting = new Quoting(columns.keySet());
        try {
            String plain = quoting.replaced(expression);
            Map<String, Slot> variables = new HashMap<>();
            quoting.identifiers().forEach((identifier, name) -> {
                Slot slot = columns.get(name);
                if (slot != null) {
                    variables.put(identifier, slot);
                }
            });
            CelAbstractSyntaxTree tree = environment(variables).compile(plain).getAst();
            return new Checked(tree, variables, Kind.of(tree.getResultType()), place);
        } catch (CelValidationException e) {
            CelIssue issue = e.getErrors().getFirst();
            CelSourceLocation at = issue.getSourceLocation();
            throw place.with("line " + at.getLine() + ", column " + (at.getColumn() + 1))
                    .refused(quoting.restored(Wording.of(issue.getMessage())), remedy());
        } catch (RowError e) {
            throw place.with("line 1, column " + (Math.max(e.offset(), 0) + 1)).refused(e.what() + ".", remedy());
        }
    }

    private String remedy() {
        return "Correct the expression; docs/etl.md lists the functions. Columns here: "
                + Wording.list(Quoting.written(columns.keySet())) + ".";
    }

    private static CelCompiler environment(Map<String, Slot> variables) {
        CelCompilerBuilder builder = COMPILER.toCompilerBuilder();
        variables.forEach((name, slot) -> builder.addVar(name, slot.kind().cel()));
        return builder.build();
    }

    private static CelCompiler compiler() {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardEnvironmentEnabled(false)
                .setOptions(CelOptions.current()
                        .maxExpressionCodePointSize(20_000)
                        .maxParseRecursionDepth(MAX_DEPTH)
                        .build());
        Functions.ALL.byName().forEach((name, overloads) -> builder.addFunctionDeclarations(declared(name, overloads)));
        for (Meta meta : Meta.values()) {
            builder.addVar(meta.label(), meta.kind().cel());
        }
        return builder.build();
    }

    private static CelFunctionDecl declared(String name, List<Overload> overloads) {
        List<CelOverloadDecl> declared = new ArrayList<>();
        for (int i = 0; i < overloads.size(); i++) {
            Overload overload = overloads.get(i);
            CelType result = overload.result().cel();
            List<CelType> parameters = parameters(overload);
            String id = name + "#" + i;
            BY_ID.put(id, overload);
            declared.add(CelOverloadDecl.newGlobalOverload(id, result, parameters));
            if (Character.isLetter(name.charAt(0))) {
                BY_ID.put("." + id, overload);
                declared.add(CelOverloadDecl.newMemberOverload("." + id, result, parameters));
            }
        }
        return CelFunctionDecl.newFunctionDeclaration(name, declared);
    }

    private static List<CelType> parameters(Overload overload) {
        List<CelType> types = new ArrayList<>();
        for (Overload.Parameter parameter : overload.parameters()) {
            types.add(
                    switch (parameter) {
                        case Overload.Parameter.Of of -> of.kind().cel();
                        case Overload.Parameter.ListOf list ->
                            ListType.create(list.kind().cel());
                        case Overload.Parameter.Any _ -> TypeParamType.create("A" + types.size());
                    });
        }
        return types;
    }
}
