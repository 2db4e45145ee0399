package io.plugboard.topology.change;

import io.plugboard.topology.model.DatapathId;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VnicId;
import java.util.List;
import java.util.stream.Collectors;

/** Why a change cannot be: one alternative a reason, each naming what stands in its way. */
public sealed interface Rejection {

    /** What a caller can do about it. */
    enum Kind {
        /** The change names something that does not exist. */
        UNKNOWN_REFERENCE,
        /** What is to be deleted does not exist. */
        NOT_FOUND,
        /** The change contradicts something that is true. */
        CONFLICT
    }

    Kind kind();

    /** The field of the changed resource that is wrong, as in the REST API, or empty for the resource as a whole. */
    String field();

    /** A sentence for the user. */
    String detail();

    record UnknownPortGroup(PortGroupName name) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.UNKNOWN_REFERENCE;
        }

        @Override
        public String field() {
            return "portGroup";
        }

        @Override
        public String detail() {
            return "there is no port group '" + name + "'";
        }
    }

    record DuplicateMac(MacAddress mac, VlanId segment, DatapathId bridge, VnicId holder) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "mac";
        }

        @Override
        public String detail() {
            String where = segment.isTagged() ? "VLAN " + segment : "the untagged segment";
            return mac + " is already the MAC of vNIC '" + holder + "' in " + where + " of bridge " + bridge;
        }
    }

    record AllowedMacOwned(MacAddress mac, DatapathId bridge, VnicId owner) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "allowedMacs";
        }

        @Override
        public String detail() {
            return mac + " is the MAC of vNIC '" + owner + "' on bridge " + bridge + " and cannot be shared";
        }
    }

    record MacAllowedToAnother(MacAddress mac, DatapathId bridge, VnicId other) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "mac";
        }

        @Override
        public String detail() {
            return mac + " is among the allowed MACs of vNIC '" + other + "' on bridge " + bridge;
        }
    }

    record PortTaken(PortRef port, DatapathId bridge, VnicId holder) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "port";
        }

        @Override
        public String detail() {
            return "port " + port + " of bridge " + bridge + " is already taken by vNIC '" + holder + "'";
        }
    }

    record AlreadyThere(VnicId vnic, Place place) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "port";
        }

        @Override
        public String detail() {
            return "vNIC '" + vnic + "' is active at " + place + " already";
        }
    }

    record PortIsUplink(String port, DatapathId bridge) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "port";
        }

        @Override
        public String detail() {
            return "port " + port + " is an uplink of bridge " + bridge;
        }
    }

    record UplinkIsVnicPort(String uplink, int index, VnicId holder) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "uplinks/" + index;
        }

        @Override
        public String detail() {
            return "port " + uplink + " is taken by vNIC '" + holder + "'";
        }
    }

    /** @param some a few of the users, in order */
    record PortGroupInUse(PortGroupName name, List<VnicId> some, int total) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "";
        }

        @Override
        public String detail() {
            return "port group '" + name + "' is used by " + users(some, total);
        }
    }

    /** @param some a few of the vNICs, in the order of their slots */
    record BridgeInUse(DatapathId dpid, List<VnicId> some, int total) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "";
        }

        @Override
        public String detail() {
            return "bridge " + dpid + " has " + users(some, total);
        }
    }

    /** @param what the kind of resource and its id, such as "vNIC 'web-1'" */
    record NoSuchResource(String what) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.NOT_FOUND;
        }

        @Override
        public String field() {
            return "";
        }

        @Override
        public String detail() {
            return "there is no " + what;
        }
    }

    /** A port group's new VLAN would bring one of its vNICs together with what it cannot share a segment with. */
    record VlanCollision(VnicId vnic, String reason) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "vlan";
        }

        @Override
        public String detail() {
            return "vNIC '" + vnic + "' cannot move there: " + reason;
        }
    }

    record BridgeFull(DatapathId bridge, int slots) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "bridge";
        }

        @Override
        public String detail() {
            return "bridge " + bridge + " has " + slots + " vNICs, and no room for more";
        }
    }

    record AddressesFull(DatapathId bridge, int addresses) implements Rejection {
        @Override
        public Kind kind() {
            return Kind.CONFLICT;
        }

        @Override
        public String field() {
            return "";
        }

        @Override
        public String detail() {
            return "bridge " + bridge + " has " + addresses + " shared and multicast addresses, and no room for more";
        }
    }

    private static String users(List<VnicId> some, int total) {
        String names = some.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", "));
        String more = total > some.size() ? " and " + (total - some.size()) + " more" : "";
        return (total == 1 ? "vNIC " : total + " vNICs: ") + names + more;
    }
}
