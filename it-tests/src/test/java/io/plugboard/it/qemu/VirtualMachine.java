package io.plugboard.it.qemu;

import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.MacAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What stays the same of a guest wherever it runs.
 *
 * @param address in a network of 24 bits
 */
record VirtualMachine(String name, MacAddress mac, Ipv4Address address) {
    /** As libvirt writes it: {@code external_ids:vm-id}. */
    UUID id() {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    /** Of its only network interface: {@code external_ids:iface-id}. */
    UUID interfaceId() {
        return UUID.nameUUIDFromBytes((name + " eth0").getBytes(StandardCharsets.UTF_8));
    }
}
