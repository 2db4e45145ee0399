package io.plugboard.controller.source;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of the table Interface that says: this vNIC is plugged in here.
 *
 * @param database whose row it is
 * @param row its UUID, another one when the port is deleted and added again
 * @param vnic where it is plugged in here, with the policy that the row gives it
 * @param implied what VLANs the port group has that is made on first use, where the row names none
 * @param rxFilter what its guest wants to receive, where the row says so in a way that can be read
 * @param running whether the guest runs here, where an agent says so
 */
record Claim(
        UUID database,
        UUID row,
        Vnic vnic,
        Optional<VlanMode> implied,
        Optional<RxFilter> rxFilter,
        Optional<Boolean> running) {
    /** By place, and then by something that never ties. */
    static final Comparator<Claim> BY_PLACE =
            Comparator.<Claim, Place>comparing(Claim::place, comparingPlaces()).thenComparing(Claim::row);

    Claim {
        Objects.requireNonNull(database);
        Objects.requireNonNull(row);
        Objects.requireNonNull(vnic);
        Objects.requireNonNull(implied);
        Objects.requireNonNull(rxFilter);
        Objects.requireNonNull(running);
    }

    static Comparator<Place> comparingPlaces() {
        return Comparator.comparing(Place::bridge)
                .thenComparing(place -> place.port().toString());
    }

    boolean saysRunning() {
        return running.orElse(false);
    }

    /** Whether this can be another place of that vNIC: a row with another MAC, or in another port group, contradicts it. */
    boolean agreesWith(Vnic other) {
        return mac().equals(other.mac()) && portGroup().equals(other.portGroup());
    }

    VnicId id() {
        return vnic.id();
    }

    MacAddress mac() {
        return vnic.mac();
    }

    Place place() {
        return vnic.place();
    }

    PortGroupName portGroup() {
        return vnic.portGroup();
    }
}
