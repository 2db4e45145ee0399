package io.plugboard.topology.change;

import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.time.Duration;
import java.util.Optional;

/** What somebody says has become true. Putting what is already so changes nothing. */
public sealed interface TopologyChange {

    void accept(Visitor visitor) throws ChangeRejected;

    /** One method a variant, so that a new variant breaks the build of whoever must know it. */
    interface Visitor {
        void portGroupPut(PortGroup portGroup) throws ChangeRejected;

        void portGroupDeleted(PortGroupName name) throws ChangeRejected;

        void bridgePut(Bridge bridge) throws ChangeRejected;

        void bridgeDeleted(DatapathId dpid) throws ChangeRejected;

        void vnicAttached(Vnic vnic) throws ChangeRejected;

        void vnicDetached(VnicId id) throws ChangeRejected;

        void rxFilterReported(VnicId id, Optional<RxFilter> filter) throws ChangeRejected;

        void uplinkStateChanged(DatapathId bridge, String uplink, boolean up) throws ChangeRejected;

        void uplinkSettled(DatapathId bridge, String uplink, Duration upFor) throws ChangeRejected;
    }

    record PortGroupPut(PortGroup portGroup) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.portGroupPut(portGroup);
        }
    }

    record PortGroupDeleted(PortGroupName name) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.portGroupDeleted(name);
        }
    }

    record BridgePut(Bridge bridge) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.bridgePut(bridge);
        }
    }

    record BridgeDeleted(DatapathId dpid) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.bridgeDeleted(dpid);
        }
    }

    /** A vNIC is plugged in as described: for the first time, with other properties, or at another place. */
    record VnicAttached(Vnic vnic) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.vnicAttached(vnic);
        }
    }

    record VnicDetached(VnicId id) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.vnicDetached(id);
        }
    }

    /**
     * A guest has programmed its network card.
     *
     * @param filter empty when it is unknown again
     */
    record RxFilterReported(VnicId id, Optional<RxFilter> filter) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.rxFilterReported(id, filter);
        }
    }

    /** An uplink has lost its link, or has it again: vNICs that cannot stay where they are pinned move at once. */
    record UplinkStateChanged(DatapathId bridge, String uplink, boolean up) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.uplinkStateChanged(bridge, uplink, up);
        }
    }

    /** An uplink has had its link for so long: vNICs whose failback delay is not longer return to it. */
    record UplinkSettled(DatapathId bridge, String uplink, Duration upFor) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.uplinkSettled(bridge, uplink, upFor);
        }
    }
}
