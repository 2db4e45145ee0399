package io.plugboard.topology.model;

/** How the frames of a port group's vNICs are tagged on the uplink. The guest itself sends and gets no tag. */
public sealed interface VlanMode {

    /** The VLAN whose segment the vNICs belong to; {@link VlanId#UNTAGGED} when the uplink carries no tag. */
    VlanId segment();

    /** No tag on the uplink. */
    record Untagged() implements VlanMode {
        @Override
        public VlanId segment() {
            return VlanId.UNTAGGED;
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
        public VlanId segment() {
            return id;
        }
    }
}
