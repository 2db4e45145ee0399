package io.plugboard.controller.source;

import io.plugboard.controller.source.ExternalIds.Problems;
import io.plugboard.controller.source.ExternalIds.Unreadable;
import io.plugboard.controller.source.HostView.Reading;
import io.plugboard.ovsdb.row.PortRow;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.PortGroupName;
import io.plugboard.topology.model.PortRef;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads a row of the table Interface: an uplink, a vNIC, or neither. */
final class InterfaceReader {
    private final RxFilterReader filters;

    InterfaceReader(RxFilterReader filters) {
        this.filters = filters;
    }

    Reading read(UUID database, InterfaceSource source, String bridge) {
        ExternalIds keys = new ExternalIds(source.row().externalIds());
        boolean isVnic = keys.has(Keys.IFACE_ID) || keys.has(Keys.ATTACHED_MAC);
        List<String> found = new ArrayList<>();
        Problems problems = reason -> found.add(
                "bridge " + bridge + ", port " + ExternalIds.name(source.row().name()) + ": " + reason);
        Optional<Claim> claim = Optional.empty();
        Optional<String> uplink = Optional.empty();
        Optional<String> refusal = Optional.empty();
        try {
            if (keys.read(Keys.UPLINK, ExternalIds::flag).orElse(false)) {
                uplink = Optional.of(portName(source).name());
                if (isVnic) {
                    throw new Unreadable(Keys.UPLINK + " is true, so it is no vNIC's port");
                }
            } else if (isVnic) {
                claim = Optional.of(claim(database, source, keys, problems));
            }
        } catch (Unreadable unreadable) {
            problems.add(unreadable.reason());
            refusal = Optional.of(unreadable.reason()).filter(reason -> isVnic);
        }
        return new Reading(source, claim, uplink, refusal, found);
    }

    private Claim claim(UUID database, InterfaceSource source, ExternalIds keys, Problems problems) throws Unreadable {
        VnicId id = keys.require(Keys.IFACE_ID, VnicId::new);
        MacAddress mac = keys.require(Keys.ATTACHED_MAC, text -> Vnic.requireOwnable(MacAddress.parse(text)));
        Place place = new Place(source.bridge(), portName(source));
        Optional<PortGroupName> named = keys.read(Keys.PORT_GROUP, PortGroupName::new);
        Optional<VlanMode> implied = named.isPresent() ? Optional.empty() : Optional.of(implied(source.port()));
        PortGroupName portGroup = named.orElseGet(() -> nameOf(implied.orElseThrow()));
        Vnic plain = new Vnic(id, place, mac, portGroup, Vnic.Source.OVSDB);
        return new Claim(
                database,
                source.row().uuid(),
                new PolicyReader(keys, problems).over(plain),
                implied,
                keys.read(Keys.RX_FILTER, filters::read, Optional.empty(), problems),
                keys.read(Keys.RUNNING, ExternalIds::flag, Optional.empty(), problems));
    }

    private static PortRef.ByName portName(InterfaceSource source) throws Unreadable {
        try {
            return new PortRef.ByName(source.row().name());
        } catch (IllegalArgumentException unfit) {
            throw new Unreadable(String.valueOf(unfit.getMessage()));
        }
    }

    private static VlanMode implied(PortRow port) throws Unreadable {
        if (!port.trunks().isEmpty()
                || port.vlanMode().filter(mode -> !mode.equals("access")).isPresent()) {
            throw new Unreadable("Port.trunks and Port.vlan_mode imply no port group: name it as " + Keys.PORT_GROUP);
        }
        try {
            return port.tag()
                    .map(VlanId::new)
                    .filter(VlanId::isTagged)
                    .<VlanMode>map(VlanMode.Access::new)
                    .orElseGet(VlanMode.Untagged::new);
        } catch (IllegalArgumentException wrong) {
            throw new Unreadable("Port.tag: " + wrong.getMessage());
        }
    }

    private static PortGroupName nameOf(VlanMode implied) {
        return new PortGroupName(
                implied instanceof VlanMode.Access access
                        ? "vlan-" + access.id().value()
                        : "untagged");
    }
}
