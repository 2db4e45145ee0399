package io.plugboard.controller.source;

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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Reads a row of the table Interface: an uplink, a vNIC, or neither. */
final class InterfaceReader {
    /** So much of what is wrong with a value is told. */
    private static final int TOLD = 120;

    private final RxFilterReader filters;

    InterfaceReader(RxFilterReader filters) {
        this.filters = filters;
    }

    /** A row is no vNIC, or another one than it means to be; the message says which key is wrong, and why. */
    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    Reading read(UUID database, InterfaceSource source, String bridge) {
        Map<String, String> keys = source.row().externalIds();
        String where = "bridge " + bridge + ", port " + source.row().name() + ": ";
        boolean isVnic = keys.containsKey(Keys.IFACE_ID) || keys.containsKey(Keys.ATTACHED_MAC);
        List<String> problems = new ArrayList<>();
        Optional<Claim> claim = Optional.empty();
        Optional<String> uplink = Optional.empty();
        Optional<String> refusal = Optional.empty();
        try {
            if (flag(keys, Keys.UPLINK).orElse(false)) {
                uplink = Optional.of(portName(source).name());
                if (isVnic) {
                    throw new Unreadable(Keys.UPLINK + " is true, so it is no vNIC's port");
                }
            } else if (isVnic) {
                claim = Optional.of(claim(database, source, where, problems));
            }
        } catch (Unreadable unreadable) {
            problems.add(where + unreadable.reason());
            refusal = Optional.of(unreadable.reason()).filter(reason -> isVnic);
        }
        return new Reading(source, claim, uplink, refusal, problems);
    }

    private Claim claim(UUID database, InterfaceSource source, String where, List<String> problems) throws Unreadable {
        Map<String, String> keys = source.row().externalIds();
        VnicId id = required(keys, Keys.IFACE_ID, VnicId::new);
        MacAddress mac = required(keys, Keys.ATTACHED_MAC, text -> Vnic.requireOwnable(MacAddress.parse(text)));
        Place place = new Place(source.bridge(), portName(source));
        Optional<PortGroupName> named = optional(keys, Keys.PORT_GROUP, PortGroupName::new);
        Optional<VlanMode> implied = named.isPresent() ? Optional.empty() : Optional.of(implied(source.port()));
        return new Claim(
                database,
                source.row().uuid(),
                id,
                mac,
                place,
                named.orElseGet(() -> nameOf(implied.orElseThrow())),
                implied,
                orProblem(() -> optional(keys, Keys.RX_FILTER, filters::read), where, problems),
                orProblem(() -> flag(keys, Keys.RUNNING), where, problems));
    }

    private interface Value<T> {
        Optional<T> read() throws Unreadable;
    }

    /** What is not needed for the vNIC to be one. */
    private static <T> Optional<T> orProblem(Value<T> value, String where, List<String> problems) {
        try {
            return value.read();
        } catch (Unreadable unreadable) {
            problems.add(where + unreadable.reason());
            return Optional.empty();
        }
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

    private static <T> T required(Map<String, String> keys, String key, Function<String, T> parse) throws Unreadable {
        return optional(keys, key, parse).orElseThrow(() -> new Unreadable(key + " is missing"));
    }

    private static <T> Optional<T> optional(Map<String, String> keys, String key, Function<String, T> parse)
            throws Unreadable {
        String text = keys.get(key);
        try {
            return Optional.ofNullable(text).map(parse);
        } catch (IllegalArgumentException wrong) {
            throw new Unreadable(key + ": " + Shortened.to(TOLD, String.valueOf(wrong.getMessage())));
        }
    }

    private static Optional<Boolean> flag(Map<String, String> keys, String key) throws Unreadable {
        return optional(keys, key, Flag::parse);
    }
}
