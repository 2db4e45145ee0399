package io.plugboard.topology.model;

/** Which port of a bridge is meant, before anybody knows whether the bridge has it. */
public sealed interface PortRef {
    /** The bytes of ofp_port.name, less the terminating zero (OpenFlow 1.3.5, 7.2.1). */
    int MAX_NAME_LENGTH = 15;

    /** The highest number of a physical port, OFPP_MAX. */
    int MAX_NUMBER = 0xffffff00;

    /** OFPP_LOCAL: the bridge's own network device, which may be attached as a vNIC. */
    int LOCAL = 0xfffffffe;

    /** The port with this name; follows it when the switch numbers it anew. */
    record ByName(String name) implements PortRef {
        public ByName {
            boolean isPrintable = name.chars().allMatch(character -> character >= ' ' && character <= '~');
            if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !isPrintable) {
                throw new IllegalArgumentException("a port name has 1 to " + MAX_NAME_LENGTH
                        + " characters of printable ASCII, not '" + name + "'");
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The port with this OpenFlow number, an unsigned 32-bit value. */
    record ByNumber(int number) implements PortRef {
        public ByNumber {
            if (number != LOCAL && (number == 0 || Integer.compareUnsigned(number, MAX_NUMBER) > 0)) {
                throw new IllegalArgumentException("a port number is 1 to 0xffffff00 or LOCAL (0xfffffffe), not "
                        + Integer.toUnsignedString(number));
            }
        }

        @Override
        public String toString() {
            return "number " + Integer.toUnsignedString(number);
        }
    }
}
