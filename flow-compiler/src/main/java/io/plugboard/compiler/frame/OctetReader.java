package io.plugboard.compiler.frame;

import io.plugboard.topology.model.Ipv4Address;
import io.plugboard.topology.model.Ipv6Address;
import io.plugboard.topology.model.MacAddress;

/** Reads what somebody else wrote, most significant octet first, and never beyond its end. */
public final class OctetReader {
    private final Octets octets;
    private final String what;
    private int position;

    /** @param what for the message when it ends too early, such as "the IPv4 header" */
    public OctetReader(Octets octets, String what) {
        this.octets = octets;
        this.what = what;
    }

    public int remaining() {
        return octets.length() - position;
    }

    public int u8() throws MalformedFrame {
        require(1);
        return octets.at(position++);
    }

    public int u16() throws MalformedFrame {
        return u8() << 8 | u8();
    }

    public int u32() throws MalformedFrame {
        return u16() << 16 | u16();
    }

    private long u64() throws MalformedFrame {
        return (long) u32() << 32 | u32() & 0xffff_ffffL;
    }

    public MacAddress mac() throws MalformedFrame {
        return new MacAddress((long) u16() << 32 | u32() & 0xffff_ffffL);
    }

    public Ipv4Address ipv4() throws MalformedFrame {
        return new Ipv4Address(u32());
    }

    public Ipv6Address ipv6() throws MalformedFrame {
        return new Ipv6Address(u64(), u64());
    }

    /** @param count not negative */
    public OctetReader skip(int count) throws MalformedFrame {
        require(count);
        position += count;
        return this;
    }

    /** @param count not negative */
    public Octets take(int count) throws MalformedFrame {
        skip(count);
        return octets.part(position - count, position);
    }

    public Octets rest() throws MalformedFrame {
        return take(remaining());
    }

    private void require(int count) throws MalformedFrame {
        if (count > remaining()) {
            throw new MalformedFrame(what + " is cut off");
        }
    }
}
