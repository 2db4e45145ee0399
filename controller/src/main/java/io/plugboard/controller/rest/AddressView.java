package io.plugboard.controller.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.VlanId;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** An IP address with its VLAN, as the API takes and shows it; one without a VLAN is its text alone. */
record AddressView(String ip, int vlan) {

    /** Those of a vNIC. */
    static Optional<SortedSet<VnicAddress>> readAll(JsonNode node, String pointer, Findings findings) {
        return Fields.list(AddressView::read)
                .read(node, pointer, findings)
                .<SortedSet<VnicAddress>>map(TreeSet::new)
                .filter(addresses -> {
                    boolean fits = addresses.size() <= Vnic.MAX_ADDRESSES;
                    if (!fits) {
                        findings.wrong(
                                pointer,
                                "a vNIC has at most " + Vnic.MAX_ADDRESSES + " addresses, not " + addresses.size());
                    }
                    return fits;
                });
    }

    private static Optional<VnicAddress> read(JsonNode node, String pointer, Findings findings) {
        if (node.isTextual()) {
            return Fields.text(AddressView::address).read(node, pointer, findings);
        } else if (!node.isObject()) {
            findings.unreadable(
                    pointer, "must be an IP address or an object with 'ip' and 'vlan', not " + Fields.shown(node));
            return Optional.empty();
        }
        return Fields.of(node, pointer, findings).flatMap(fields -> {
            Optional<VnicAddress> address = fields.required("ip", Fields.text(AddressView::address));
            Optional<VlanId> vlan = fields.optional("vlan", Fields.integer(AddressView::vlan));
            fields.nothingElse();
            return address.map(plain -> new VnicAddress(plain.ip(), vlan));
        });
    }

    private static VnicAddress address(String text) {
        return new VnicAddress(IpAddress.parse(text));
    }

    private static VlanId vlan(long id) {
        if (id != (int) id) {
            throw new IllegalArgumentException("a VLAN id is 0 (untagged) to " + VlanId.MAX + ", not " + id);
        }
        return new VlanId((int) id);
    }

    static List<Object> ofAll(Collection<VnicAddress> addresses) {
        return addresses.stream().map(AddressView::of).toList();
    }

    private static Object of(VnicAddress address) {
        return address.vlan()
                .<Object>map(vlan -> new AddressView(address.ip().toString(), vlan.value()))
                .orElseGet(address.ip()::toString);
    }
}
