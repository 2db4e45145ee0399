package io.plugboard.topology.model;

import java.util.Objects;

/** How the frames of a port group's vNICs are tagged, on the uplink and towards the guest. */
public sealed interface VlanMode {

    /** The VLANs whose segments the vNICs belong to; {@link VlanId#UNTAGGED} among them stands for frames without a tag. */
    VlanSet vlans();

    /** No tag on the uplink; the guest itself sends and gets no tag. */
    record Untagged() implements VlanMode {
        private static final VlanSet UNTAGGED = VlanSet.of(VlanId.UNTAGGED);

        @Override
        public VlanSet vlans() {
            return UNTAGGED;
        }
    }

    /** One tag: added towards the uplink, taken off towards the guest. */
    record Access(VlanId id) implements VlanMode {
        public Access {
            if (!id.isTagged()) {
                throw new IllegalArgumentException("an access VLAN is 1 to " + VlanId.MAX + ", not 0");
            }
        }

        @Override
        public VlanSet vlans() {
            return VlanSet.of(id);
        }
    }

    /** The guest sends and gets the tags itself. */
    record Trunk(VlanSet vlans) implements VlanMode {
        public Trunk {
            Objects.requireNonNull(vlans);
        }
    }
}
