package io.plugboard.compiler.frame;

import io.plugboard.topology.model.IpAddress;
import io.plugboard.topology.model.MacAddress;
import java.util.Arrays;

/** Writes what goes on the wire, most significant octet first. Of a number, only as many bits as are asked for count. */
public final class OctetWriter {
    private byte[] octets = new byte[64];
    private int length;

    public OctetWriter u8(int value) {
        if (length == octets.length) {
            octets = Arrays.copyOf(octets, 2 * length);
        }
        octets[length++] = (byte) value;
        return this;
    }

    public OctetWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    public OctetWriter u32(int value) {
        return u16(value >> 16).u16(value);
    }

    public OctetWriter mac(MacAddress mac) {
        return u16((int) (mac.bits() >> 32)).u32((int) mac.bits());
    }

    public OctetWriter ip(IpAddress address) {
        for (byte octet : address.octets()) {
            u8(octet);
        }
        return this;
    }

    public OctetWriter octets(Octets other) {
        for (int index = 0; index < other.length(); index++) {
            u8(other.at(index));
        }
        return this;
    }

    public OctetWriter zeros(int count) {
        for (int index = 0; index < count; index++) {
            u8(0);
        }
        return this;
    }

    /** Writes over what is there already, such as the place of a checksum. */
    OctetWriter u16At(int position, int value) {
        octets[position] = (byte) (value >> 8);
        octets[position + 1] = (byte) value;
        return this;
    }

    public int length() {
        return length;
    }

    public Octets toOctets() {
        return Octets.of(octets, length);
    }
}
