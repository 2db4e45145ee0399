package io.plugboard.compiler.ir;

import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanId;

/**
 * What the pipeline remembers of a frame:
 *
 * <pre>
 *   63   54 53    41   40     39      38      37   36   32 31       0
 *  +-------+--------+--------+--------+--------+--------+------+-----------+
 *  |   0   | class  | REPORT | ROUTER | POPPED | UPLINK | pin  |   reach   |
 *  +-------+--------+--------+--------+--------+--------+------+-----------+
 * </pre>
 *
 * <ul>
 *   <li>reach: which vNICs the frame may get to, by their pins; bit 0 stands for those without one. From a vNIC all, from
 *       an uplink those pinned to it: the reverse-path rule.
 *   <li>pin: the uplink that the sending vNIC uses; 0 from an uplink.
 *   <li>UPLINK: it came in by an uplink.
 *   <li>POPPED: it belongs to the untagged segment, whatever it carries.
 *   <li>ROUTER: its sender is a multicast router.
 *   <li>REPORT: it is a guest's IGMP or MLD, which its neighbours do not get.
 *   <li>class: the VLAN class of its VLAN, by the class's smallest VLAN and 1; 0 where no trunk carries the VLAN.
 * </ul>
 */
public final class Metadata {
    public static final long REACH_MASK = 0xffff_ffffL;
    public static final long PIN_MASK = 0x1fL << 32;
    public static final long FROM_UPLINK = 1L << 37;
    public static final long POPPED = 1L << 38;
    public static final long ROUTER = 1L << 39;
    public static final long REPORT = 1L << 40;
    public static final long CLASS_MASK = 0x1fffL << 41;
    public static final long USED_BITS = REACH_MASK | PIN_MASK | FROM_UPLINK | POPPED | ROUTER | REPORT | CLASS_MASK;

    private static final int PIN_SHIFT = 32;
    private static final int CLASS_SHIFT = 41;

    private Metadata() {}

    /** The reach bit of the vNICs with this pin. */
    public static long reach(UplinkPin pin) {
        return 1L << pin.slot();
    }

    /** The pin bits of a frame whose sender is pinned there. */
    public static long sender(UplinkPin pin) {
        return (long) pin.slot() << PIN_SHIFT;
    }

    /** The class bits of a frame of the VLAN class with this smallest VLAN. */
    public static long vlanClass(VlanId first) {
        return (first.value() + 1L) << CLASS_SHIFT;
    }
}
