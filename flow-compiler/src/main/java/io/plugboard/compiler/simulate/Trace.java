package io.plugboard.compiler.simulate;

import io.plugboard.compiler.frame.Frame;
import io.plugboard.compiler.ir.Flow;
import io.plugboard.compiler.ir.FlowTable;
import io.plugboard.compiler.ir.Group;
import io.plugboard.compiler.ir.GroupId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who got a frame, and why.
 *
 * @param path what it met, in the order it met it
 * @param deliveries in the order they were made
 */
public record Trace(List<Step> path, List<Delivery> deliveries) {
    public Trace {
        path = List.copyOf(path);
        deliveries = List.copyOf(deliveries);
    }

    /**
     * A copy that left the switch.
     *
     * @param port unsigned
     */
    public record Delivery(int port, Frame frame) {
        @Override
        public String toString() {
            return "port " + Integer.toUnsignedString(port) + ": " + frame;
        }
    }

    public sealed interface Step {
        /** Why the frame fared as it did here. */
        String why();
    }

    /** A table and the flow that matched; none where the switch missed. */
    public record Lookup(FlowTable table, Optional<Flow> flow) implements Step {
        @Override
        public String why() {
            return flow.map(matched -> matched.rule().why()).orElse("no flow matches");
        }

        @Override
        public String toString() {
            return table + ": " + why()
                    + flow.map(matched -> " (" + matched + ")").orElse("");
        }
    }

    /** A group that a copy was sent to; none where the switch has no such group. */
    public record Expansion(GroupId id, Optional<Group> group) implements Step {
        @Override
        public String why() {
            return group.map(found -> "a copy to each bucket").orElse("no such group: nothing");
        }

        @Override
        public String toString() {
            return "group " + id + ": " + why()
                    + group.map(found -> " (" + found + ")").orElse("");
        }
    }

    /** A copy that the controller asked for. It leaves by no port, and so is no delivery. */
    public record ControllerCopy(Frame frame) implements Step {
        @Override
        public String why() {
            return "a copy to the controller";
        }

        @Override
        public String toString() {
            return why() + ": " + frame;
        }
    }

    /** A line for each step, then one for each delivery. */
    @Override
    public String toString() {
        String steps = path.stream().map(step -> step + "\n").collect(Collectors.joining());
        return deliveries.isEmpty()
                ? steps + "delivered to nobody"
                : steps + deliveries.stream().map(Delivery::toString).collect(Collectors.joining("\n"));
    }
}
