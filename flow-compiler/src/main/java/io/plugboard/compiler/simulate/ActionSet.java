package io.plugboard.compiler.simulate;

import io.plugboard.compiler.ir.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** At most one action a kind, done in the order of the kinds, whatever order they came in (OpenFlow 1.3.5, 5.10). */
final class ActionSet {
    private final SortedMap<Kind, Action> actions = new TreeMap<>();

    private enum Kind {
        POP,
        PUSH,
        SET,
        GROUP,
        OUTPUT
    }

    static ActionSet of(Collection<Action> actions) {
        ActionSet set = new ActionSet();
        set.write(actions);
        return set;
    }

    /** Each replaces the one of its kind that is there. */
    void write(Collection<Action> more) {
        more.forEach(action -> actions.put(kind(action), action));
    }

    /** In the order they are done; a group takes precedence over an output. */
    List<Action> inOrder() {
        List<Action> ordered = new ArrayList<>(actions.values());
        if (actions.containsKey(Kind.GROUP)) {
            ordered.removeIf(action -> kind(action) == Kind.OUTPUT);
        }
        return ordered;
    }

    private static Kind kind(Action action) {
        if (action instanceof Action.PopVlan) {
            return Kind.POP;
        } else if (action instanceof Action.PushVlan) {
            return Kind.PUSH;
        } else if (action instanceof Action.SetVlan) {
            return Kind.SET;
        } else if (action instanceof Action.ToGroup) {
            return Kind.GROUP;
        } else if (action instanceof Action.Output || action instanceof Action.ToController) {
            return Kind.OUTPUT;
        }
        throw new AssertionError(action);
    }
}
