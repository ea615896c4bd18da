package dev.leat.deploy;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Finds fields that Kubernetes does not know: its model puts them aside instead of refusing them. */
final class UnknownFields {

    private final List<String> found = new ArrayList<>();

    private UnknownFields() {}

    /** The paths of all unknown fields below an object of Kubernetes' model. */
    static List<String> in(Object resource) {
        UnknownFields walk = new UnknownFields();
        walk.visit(resource.getClass().getSimpleName(), resource);
        return walk.found;
    }

    private void visit(String path, Object value) {
        switch (value) {
            case null -> {}
            case Collection<?> many -> many.forEach(one -> visit(path + "[]", one));
            case Map<?, ?> map -> map.forEach((key, one) -> visit(path + "." + key, one));
            default -> {
                if (value.getClass().getName().startsWith("io.fabric8.kubernetes.api.model.")) {
                    visitModel(path, value);
                }
            }
        }
    }

    private void visitModel(String path, Object model) {
        for (Method getter : model.getClass().getMethods()) {
            if (getter.getName().startsWith("get")
                    && getter.getParameterCount() == 0
                    && getter.getDeclaringClass() == model.getClass()) {
                visitField(path, getter, call(getter, model));
            }
        }
    }

    private void visitField(String path, Method getter, Object value) {
        if (getter.getName().equals("getAdditionalProperties")) {
            ((Map<?, ?>) value).keySet().forEach(unknown -> found.add(path + "." + unknown));
        } else {
            String field = getter.getName().substring(3);
            visit(path + "." + Character.toLowerCase(field.charAt(0)) + field.substring(1), value);
        }
    }

    private static Object call(Method getter, Object model) {
        try {
            return getter.invoke(model);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(getter + " on " + model.getClass(), e);
        }
    }
}
