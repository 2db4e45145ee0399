package io.plugboard.topology;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.pcollections.PMap;
import org.pcollections.TreePMap;

/**
 * What one bridge was last seen to have: its ports. Volatile, never stored, and an immutable snapshot; there is none before
 * the switch's port list has been read.
 */
public final class Observed {
    public static final Observed NO_PORTS = new Observed(TreePMap.empty(Integer::compareUnsigned), TreePMap.empty());

    private final TreePMap<Integer, Port> byNumber;
    private final PMap<String, Port> byName;

    private Observed(TreePMap<Integer, Port> byNumber, PMap<String, Port> byName) {
        this.byNumber = byNumber;
        this.byName = byName;
    }

    /**
     * A port as the switch describes it (OpenFlow 1.3.5, 7.2.1).
     *
     * @param number unsigned
     * @param linkUp neither OFPPS_LINK_DOWN nor OFPPC_PORT_DOWN
     */
    public record Port(int number, String name, MacAddress mac, boolean linkUp) {}

    public static Observed of(Collection<Port> ports) {
        Observed observed = NO_PORTS;
        for (Port port : ports) {
            observed = observed.with(port);
        }
        return observed;
    }

    /** This port added, or seen with other properties; whatever had its number or its name before is gone. */
    public Observed with(Port port) {
        Observed others = without(port.number());
        Port namesake = others.byName.get(port.name());
        if (namesake != null) {
            others = others.without(namesake.number());
        }
        return new Observed(others.byNumber.plus(port.number(), port), others.byName.plus(port.name(), port));
    }

    public Observed without(int number) {
        Port gone = byNumber.get(number);
        return gone == null ? this : new Observed(byNumber.minus(number), byName.minus(gone.name()));
    }

    /** By number, in the order of unsigned numbers. */
    public Map<Integer, Port> ports() {
        return byNumber;
    }

    public Optional<Port> port(PortRef ref) {
        return Optional.ofNullable(
                ref instanceof PortRef.ByName named
                        ? byName.get(named.name())
                        : byNumber.get(((PortRef.ByNumber) ref).number()));
    }
}
