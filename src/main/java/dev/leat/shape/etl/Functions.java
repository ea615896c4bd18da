package dev.leat.shape.etl;

import dev.leat.shape.etl.Overload.Body;
import dev.leat.shape.etl.Overload.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The functions and operators of expressions, by name; a function may also be called on its first argument. */
final class Functions {

    /** All that there are. */
    static final Functions ALL = new Functions();

    private final Map<String, List<Overload>> byName = new LinkedHashMap<>();

    private Functions() {
        Operators.addTo(this);
        Conversions.addTo(this);
        NumberFunctions.addTo(this);
        TextFunctions.addTo(this);
        TimeFunctions.addTo(this);
    }

    Map<String, List<Overload>> byName() {
        return byName;
    }

    /** Adds a signature whose parameters are all of fixed kinds. */
    void add(String name, Kind result, Body body, Kind... parameters) {
        List<Parameter> kinds = Arrays.stream(parameters)
                .map(Parameter.Of::new)
                .map(Parameter.class::cast)
                .toList();
        add(new Overload(name, result, kinds, false, body));
    }

    void add(Overload overload) {
        byName.computeIfAbsent(overload.name(), ignored -> new ArrayList<>()).add(overload);
    }
}
