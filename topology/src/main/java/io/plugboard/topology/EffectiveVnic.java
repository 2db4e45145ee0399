package io.plugboard.topology;

import io.plugboard.topology.MemberSet.Kind;
import io.plugboard.topology.model.ActivateOn;
import io.plugboard.topology.model.Bridge;
import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.PortGroup;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.SecurityPolicy;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.VlanMode;
import io.plugboard.topology.model.VlanSet;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a vNIC may send and what it gets, by everything that is true of it: its own properties, what its guest has set, and
 * the policies of its port group and its bridge.
 *
 * @param vlan its port group's
 * @param effectiveMac what its guest uses; the initial MAC while no receive filter is known
 * @param block why nothing goes in or out, if so
 * @param sources the addresses that it may send from, unless it may forge
 * @param mayForge whether it may send from any unicast address
 * @param shared unicast addresses beside the initial one that are delivered to it, and that others may have too
 * @param ignored unicast addresses of its receive filter that are not delivered to it
 * @param allMulticast whether it gets every multicast
 * @param multicast group addresses that it gets, where it does not get all
 * @param mirroring whether it gets a copy of every frame of its segments
 * @param promiscuousDenied whether its guest has asked for that, and the policy rejects it
 * @param linkLocalControl whether it may send and get link-local control frames
 * @param standing what this place is to it
 */
public record EffectiveVnic(
        Attachment attachment,
        VlanMode vlan,
        MacAddress effectiveMac,
        Optional<Block> block,
        Set<MacAddress> sources,
        boolean mayForge,
        Set<MacAddress> shared,
        Set<MacAddress> ignored,
        boolean allMulticast,
        Set<MacAddress> multicast,
        boolean mirroring,
        boolean promiscuousDenied,
        boolean linkLocalControl,
        Standing standing) {
    /** So many further unicast addresses of a receive filter are delivered, the lowest of them. */
    public static final int MAX_FILTER_UNICAST = 16;

    /** What a place is to the vNIC that is plugged in there. */
    public enum Standing {
        /** Where its frames go. */
        ACTIVE,
        /** Where its frames went, and still may until the place that it has moved to is open. */
        DEPARTING,
        /** The destination of a migration: nothing goes in or out yet. */
        PREPARED,
        /** The destination of a migration that its first frame there completes: it may send. */
        AWAITED;

        static Standing of(SecondSeat seat) {
            if (seat instanceof SecondSeat.Prepared prepared) {
                return prepared.activateOn() == ActivateOn.FIRST_FRAME ? AWAITED : PREPARED;
            }
            return DEPARTING;
        }
    }

    /** Why a vNIC is cut off; it is connected again by itself when the reason is gone. */
    public enum Block {
        /** The guest uses another MAC than the initial one, and the policy rejects that. */
        MAC_ADDRESS_CHANGED("macAddressChanged"),
        /** The guest uses another vNIC's initial MAC. */
        MAC_IN_USE("macInUse");

        private final String reason;

        Block(String reason) {
            this.reason = reason;
        }

        /** As people and scripts know it. */
        public String reason() {
            return reason;
        }
    }

    /** @param isAnothers whether an address is the initial MAC of another vNIC of one of its segments */
    static EffectiveVnic of(
            Attachment attachment,
            Standing standing,
            PortGroup portGroup,
            Optional<Bridge> bridge,
            Predicate<MacAddress> isAnothers) {
        Vnic vnic = attachment.vnic();
        Optional<RxFilter> filter = attachment.rxFilter();
        SecurityPolicy security = vnic.security()
                .over(portGroup.security())
                .over(bridge.map(Bridge::security).orElse(SecurityPolicy.INHERITED));
        MacAddress effective = attachment.effectiveMac();
        boolean changed = !effective.equals(vnic.mac());
        boolean promiscuous = filter.map(RxFilter::promiscuous).orElse(false);

        SortedSet<MacAddress> sources = new TreeSet<>(vnic.allowedMacs());
        SortedSet<MacAddress> shared = new TreeSet<>(vnic.allowedMacs());
        shared.remove(vnic.mac());
        sources.add(effective);
        if (changed) {
            shared.add(effective);
        }
        Set<MacAddress> ignored = Collections.emptySet();
        if (filter.isPresent() && !filter.get().unicast().isEmpty()) {
            ignored = new TreeSet<>(filter.get().unicast());
            if (security.acceptsMacAddressChanges()) {
                filter.get().unicast().stream()
                        .filter(mac -> !mac.equals(vnic.mac()) && !isAnothers.test(mac))
                        .limit(MAX_FILTER_UNICAST)
                        .forEach(shared::add);
                ignored.removeAll(shared);
            }
            ignored.remove(effective);
        }
        return new EffectiveVnic(
                attachment,
                portGroup.vlan(),
                effective,
                block(changed, security, isAnothers.test(effective)),
                frozen(sources),
                security.acceptsForgedTransmits(),
                frozen(shared),
                frozen(ignored),
                filter.map(RxFilter::overflows).orElse(true),
                filter.map(known -> multicast(known, portGroup)).orElse(Collections.emptySet()),
                promiscuous && security.acceptsPromiscuousMode(),
                promiscuous && !security.acceptsPromiscuousMode(),
                portGroup.allowLinkLocalControl(),
                standing);
    }

    private static Optional<Block> block(boolean changed, SecurityPolicy security, boolean isAnothers) {
        if (!changed) {
            return Optional.empty();
        } else if (!security.acceptsMacAddressChanges()) {
            return Optional.of(Block.MAC_ADDRESS_CHANGED);
        }
        return isAnothers ? Optional.of(Block.MAC_IN_USE) : Optional.empty();
    }

    private static Set<MacAddress> multicast(RxFilter filter, PortGroup portGroup) {
        if (filter.overflows()) {
            return Collections.emptySet();
        }
        SortedSet<MacAddress> multicast = new TreeSet<>(filter.multicast());
        multicast.remove(MacAddress.BROADCAST);
        if (!portGroup.allowLinkLocalControl()) {
            multicast.removeIf(MacAddress::isLinkLocalControl);
        }
        return frozen(multicast);
    }

    private static Set<MacAddress> frozen(Set<MacAddress> macs) {
        switch (macs.size()) {
            case 0:
                return Collections.emptySet();
            case 1:
                return Collections.singleton(macs.iterator().next());
            default:
                return Collections.unmodifiableSet(macs);
        }
    }

    /** Less what its own bridge does not care for, so that what is left tells whether that bridge has it as it is. */
    public EffectiveVnic onItsBridge() {
        return new EffectiveVnic(
                attachment.onItsBridge(),
                vlan,
                effectiveMac,
                block,
                sources,
                mayForge,
                shared,
                ignored,
                allMulticast,
                multicast,
                mirroring,
                promiscuousDenied,
                linkLocalControl,
                standing);
    }

    public VnicId id() {
        return attachment.id();
    }

    public int slot() {
        return attachment.slot();
    }

    public UplinkPin pin() {
        return attachment.pin();
    }

    public MacAddress initialMac() {
        return attachment.vnic().mac();
    }

    public VlanSet vlans() {
        return vlan.vlans();
    }

    public boolean isBlocked() {
        return block.isPresent();
    }

    /** Whether frames to it go to this place, and its own may not come from elsewhere. */
    public boolean isHere() {
        return standing == Standing.ACTIVE || standing == Standing.DEPARTING;
    }

    /** Whether its initial MAC is delivered to it, and not dropped. */
    public boolean usesInitialMac() {
        return isHere() && !isBlocked() && effectiveMac.equals(initialMac());
    }

    public boolean isMulticastRouter() {
        return attachment.vnic().multicastRouter();
    }

    /** Its own copies, unless it is a mirror: then it gets everything as one. */
    public boolean isNormalReceiver() {
        return isHere() && !isBlocked() && !mirroring;
    }

    /** What kinds of sets it is in, in each of its segments. */
    Set<Kind> kinds() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (isBlocked() || !isHere()) {
            return kinds;
        }
        if (mirroring) {
            kinds.add(Kind.MIRRORING);
            if (linkLocalControl) {
                kinds.add(Kind.CONTROL_MIRRORING);
            }
            return kinds;
        }
        kinds.add(allMulticast ? Kind.ALL_MULTICAST : Kind.FILTERED);
        if (isMulticastRouter()) {
            kinds.add(Kind.MULTICAST_ROUTER);
        }
        if (linkLocalControl && allMulticast) {
            kinds.add(Kind.CONTROL);
        }
        return kinds;
    }

    /** The addresses that it holds or listens to as one of any number. */
    Set<MacAddress> heldAddresses() {
        if (!isNormalReceiver()) {
            return Collections.emptySet();
        } else if (multicast.isEmpty()) {
            return shared;
        } else if (shared.isEmpty()) {
            return multicast;
        }
        Set<MacAddress> both = new TreeSet<>(shared);
        both.addAll(multicast);
        return both;
    }

    boolean holds(MacAddress mac) {
        return isNormalReceiver() && (mac.isGroup() ? multicast : shared).contains(mac);
    }

    /** The addresses, beside its initial one, that another vNIC's initial MAC would change something about. */
    Set<MacAddress> claims() {
        Optional<RxFilter> filter = attachment.rxFilter();
        Set<MacAddress> allowed = attachment.vnic().allowedMacs();
        if (filter.isEmpty() && allowed.isEmpty()) {
            return Collections.emptySet();
        }
        Set<MacAddress> claims = new TreeSet<>(allowed);
        filter.ifPresent(known -> {
            claims.add(known.mac());
            claims.addAll(known.unicast());
        });
        claims.remove(initialMac());
        return claims;
    }
}
