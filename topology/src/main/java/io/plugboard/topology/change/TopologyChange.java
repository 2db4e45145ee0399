package io.plugboard.topology.change;

import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Placement;
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

        void migrationPrepared(VnicId id, Place destination, ActivateOn activateOn) throws ChangeRejected;

        void migrationGivenUp(VnicId id) throws ChangeRejected;

        void migrationActivated(VnicId id) throws ChangeRejected;

        void placeLeft(VnicId id, Place left) throws ChangeRejected;

        void formerUplinkLeft(VnicId id, Placement since) throws ChangeRejected;

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

    /** A vNIC is about to be moved: the destination gets ready for it, and it stays active where it is. */
    record MigrationPrepared(VnicId id, Place destination, ActivateOn activateOn) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.migrationPrepared(id, destination, activateOn);
        }
    }

    record MigrationGivenUp(VnicId id) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.migrationGivenUp(id);
        }
    }

    /** A vNIC is active where its migration was prepared. */
    record MigrationActivated(VnicId id) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.migrationActivated(id);
        }
    }

    /** The place that a vNIC has left is no longer needed. Nothing changes when it is closed already, or in use again. */
    record PlaceLeft(VnicId id, Place left) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.placeLeft(id, left);
        }
    }

    /**
     * Physical switches send nothing to a vNIC's former uplink any more. Nothing changes when it has been moved again.
     *
     * @param since the move that they have been told of
     */
    record FormerUplinkLeft(VnicId id, Placement since) implements TopologyChange {
        @Override
        public void accept(Visitor visitor) throws ChangeRejected {
            visitor.formerUplinkLeft(id, since);
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
