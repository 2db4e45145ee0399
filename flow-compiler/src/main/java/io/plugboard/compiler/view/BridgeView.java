package io.plugboard.compiler.view;

import io.plugboard.topology.EffectiveVnic;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.Observed;
import io.plugboard.topology.Switchboard;
import io.plugboard.topology.Topology;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VnicId;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that one bridge's program follows from.
 *
 * @param observed the bridge's ports
 * @param withheld vNICs that get no flows for now, since the switch has refused some of theirs
 * @param asked vNICs whose guests have been asked for their multicast groups: copies of their answers go to the controller
 */
public record BridgeView(
        Topology topology, DatapathId dpid, Observed observed, Set<VnicId> withheld, Set<VnicId> asked) {
    public BridgeView {
        Objects.requireNonNull(topology);
        Objects.requireNonNull(dpid);
        Objects.requireNonNull(observed);
        withheld = Set.copyOf(withheld);
        asked = Set.copyOf(asked);
    }

    /** Of a bridge none of whose guests has been asked for anything. */
    public BridgeView(Topology topology, DatapathId dpid, Observed observed, Set<VnicId> withheld) {
        this(topology, dpid, observed, withheld, Set.of());
    }

    /** The bridge, if somebody has put it: no other is programmed. */
    public Optional<ManagedBridge> bridge() {
        return topology.bridge(dpid);
    }

    public Switchboard switchboard() {
        return topology.switchboard(dpid);
    }

    /** Whether this vNIC of this bridge has its port, and if not, why. */
    public Plug plug(EffectiveVnic vnic) {
        Optional<ManagedBridge> bridge = bridge();
        if (bridge.isEmpty()) {
            return new Plug.Unplugged("bridge " + dpid + " is not managed: nobody has put it");
        }
        PortRef ref = vnic.attachment().place().port();
        Optional<Observed.Port> port = observed.port(ref);
        if (port.isEmpty()) {
            return new Plug.Unplugged("bridge " + dpid + " has no port " + ref);
        }
        return usurper(bridge.get().bridge(), ref, port.get())
                .<Plug>map(user -> new Plug.Unplugged("port " + ref + " of bridge " + dpid + " is " + user))
                .orElseGet(
                        () -> new Plug.Plugged(vnic, port.get(), switchboard().scopesOf(vnic)));
    }

    /** Who has a port by its name, when a vNIC asks for it by its number: that is known only once the port is there. */
    private Optional<String> usurper(Bridge bridge, PortRef ref, Observed.Port port) {
        if (ref instanceof PortRef.ByName) {
            return Optional.empty();
        }
        if (bridge.uplinks().contains(port.name())) {
            return Optional.of(port.name() + ", an uplink");
        }
        return switchboard()
                .atPort(new PortRef.ByName(port.name()))
                .map(holder -> port.name() + ", which vNIC '" + holder + "' has");
    }

    /** The vNIC of this slot, if it is there, has its port and is not withheld: who may speak and be spoken to. */
    public Optional<Plug.Plugged> vnicAt(int slot) {
        return switchboard()
                .atSlot(slot)
                .filter(vnic -> !withheld.contains(vnic.id()))
                .map(this::plug)
                .filter(Plug.Plugged.class::isInstance)
                .map(Plug.Plugged.class::cast);
    }
}
