package io.plugboard.controller.openflow;

import io.netty.buffer.ByteBuf;
import io.plugboard.topology.Observed;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortRef;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads descriptions of ports (struct ofp_port, OpenFlow 1.3.5, 7.2.1). */
final class Ports {
    static final int LENGTH = 64;

    private static final int NAME_LENGTH = 16;
    private static final int CONFIG_PORT_DOWN = 1;
    private static final int STATE_LINK_DOWN = 1;

    private Ports() {}

    /** Reads one; empty when its number is one of those that stand for something else than a port. */
    static Optional<Observed.Port> read(ByteBuf in) {
        ByteBuf port = in.readSlice(LENGTH);
        int number = port.readInt();
        port.skipBytes(4);
        long mac = (long) port.readUnsignedShort() << 32 | port.readUnsignedInt();
        port.skipBytes(2);
        String name = name(port.readSlice(NAME_LENGTH));
        boolean linkUp = (port.readInt() & CONFIG_PORT_DOWN) == 0 && (port.readInt() & STATE_LINK_DOWN) == 0;
        return isPort(number)
                ? Optional.of(new Observed.Port(number, name, new MacAddress(mac), linkUp))
                : Optional.empty();
    }

    private static String name(ByteBuf field) {
        int end = field.indexOf(0, NAME_LENGTH, (byte) 0);
        return field.toString(0, end < 0 ? NAME_LENGTH : end, StandardCharsets.UTF_8);
    }

    static boolean isPort(int number) {
        return number == PortRef.LOCAL || number != 0 && Integer.compareUnsigned(number, PortRef.MAX_NUMBER) <= 0;
    }
}
