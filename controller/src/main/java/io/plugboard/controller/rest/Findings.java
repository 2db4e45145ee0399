package io.plugboard.controller.rest;

import io.plugboard.controller.rest.Problem.FieldError;
import io.plugboard.topology.Topology;
import io.plugboard.topology.change.Rejection;
import io.plugboard.topology.model.PortGroupName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything that is found wrong with one request, so that its sender hears of all of it at once. */
final class Findings {
    /** Nobody reads more, and a request can be wrong in very many places. */
    private static final int MOST_NAMED = 100;

    private record Mention(String pointer, PortGroupName portGroup) {}

    private final List<FieldError> errors = new ArrayList<>();
    private final List<Mention> mentions = new ArrayList<>();
    private final Set<PortGroupName> announced = new HashSet<>();
    private int total;
    private boolean unreadable;

    /** A field that is unknown, missing, or of another JSON type. */
    void unreadable(String pointer, String detail) {
        unreadable = true;
        add(FieldError.ofField(pointer, detail));
    }

    /** A field that can be read, and cannot be what it says. */
    void wrong(String pointer, String detail) {
        add(FieldError.ofField(pointer, detail));
    }

    /** A parameter of the path, the query or the header. */
    void parameter(String name, String detail) {
        unreadable = true;
        add(FieldError.ofParameter(name, detail));
    }

    /** The request relies on this port group. That there is one is the topology's to say, unless nobody asks it. */
    void mention(String pointer, PortGroupName portGroup) {
        mentions.add(new Mention(pointer, portGroup));
    }

    /** The request itself makes this port group. */
    void announce(PortGroupName portGroup) {
        announced.add(portGroup);
    }

    /** Refuses a request that has findings, and so will not be compared with the topology: unknown port groups are found now. */
    void refuse(Topology topology) throws Refused {
        if (total == 0) {
            return;
        }
        for (Mention mention : mentions) {
            if (!announced.contains(mention.portGroup())
                    && topology.portGroup(mention.portGroup()).isEmpty()) {
                wrong(mention.pointer(), new Rejection.UnknownPortGroup(mention.portGroup()).detail());
            }
        }
        refuse();
    }

    void refuse() throws Refused {
        if (total > 0) {
            Problem.Kind kind = unreadable ? Problem.Kind.BAD_REQUEST : Problem.Kind.UNPROCESSABLE;
            String detail = total == 1 ? errors.get(0).toString() : total + " fields are wrong";
            throw new Refused(new Problem(kind, detail, errors, null));
        }
    }

    private void add(FieldError error) {
        total++;
        if (errors.size() < MOST_NAMED) {
            errors.add(error);
        }
    }
}
