package io.plugboard.topology;

import io.plugboard.topology.model.MacAddress;
import io.plugboard.topology.model.Place;
import io.plugboard.topology.model.Placement;
import io.plugboard.topology.model.RxFilter;
import io.plugboard.topology.model.UplinkPin;
import io.plugboard.topology.model.Vnic;
import io.plugboard.topology.model.VnicId;
import java.util.Objects;
import java.util.Optional;

/**
 * A vNIC as it is stored: what was said of it, and what its bridge has allotted to it.
 *
 * @param slot its number on its bridge, from 0: the smallest that was free when it was attached
 * @param pin the uplink that it uses
 * @param home the uplink that it returns to: another one than its pin while that was down or has not been up for long
 * @param former the uplink that it used until a planned move to its pin, for as long as physical switches may still send its
 *     frames there
 * @param placement what last made the physical network's idea of it wrong
 * @param rxFilter what its guest wants to receive, once somebody has reported it
 * @param second the other place where it is plugged in, before or after a migration
 * @param revision the topology's revision at which its vNIC, its filter or its migration became what it is: a new pin alone
 *     leaves it, for nobody who asked for the vNIC has asked for that
 */
public record Attachment(
        Vnic vnic,
        int slot,
        UplinkPin pin,
        UplinkPin home,
        Optional<UplinkPin> former,
        Placement placement,
        Optional<RxFilter> rxFilter,
        Optional<SecondSeat> second,
        long revision) {
    /** One more than the highest slot: what the group ids of the pipeline have room for. */
    public static final int MAX_SLOTS = 1023 * Switchboard.SLOTS_PER_LINK;

    public Attachment {
        Objects.requireNonNull(vnic);
        Objects.requireNonNull(pin);
        Objects.requireNonNull(home);
        Objects.requireNonNull(placement);
        Objects.requireNonNull(rxFilter);
        Objects.requireNonNull(second);
        requireSlot(slot);
        if (former.isPresent() && former.get().equals(pin)) {
            throw new IllegalArgumentException("its former uplink is the one that it uses");
        }
    }

    /** Attached for the first time, and plugged in nowhere else. */
    public Attachment(Vnic vnic, int slot, UplinkPin pin, Optional<RxFilter> rxFilter, long revision) {
        this(
                vnic,
                slot,
                pin,
                pin,
                Optional.empty(),
                new Placement(Placement.Cause.ATTACHED, revision),
                rxFilter,
                Optional.empty(),
                revision);
    }

    static void requireSlot(int slot) {
        if (slot < 0 || slot >= MAX_SLOTS) {
            throw new IllegalArgumentException("a slot is 0 to " + (MAX_SLOTS - 1) + ", not " + slot);
        }
    }

    public VnicId id() {
        return vnic.id();
    }

    public Place place() {
        return vnic.place();
    }

    public MacAddress effectiveMac() {
        return rxFilter.map(RxFilter::mac).orElse(vnic.mac());
    }

    /** The destination of its migration, if one is prepared. */
    public Optional<SecondSeat.Prepared> prepared() {
        return second.filter(SecondSeat.Prepared.class::isInstance).map(SecondSeat.Prepared.class::cast);
    }

    /** The place that it has left, while that is not closed yet. */
    public Optional<SecondSeat.Departing> departing() {
        return second.filter(SecondSeat.Departing.class::isInstance).map(SecondSeat.Departing.class::cast);
    }

    /** As it sits in its second seat: what that place's bridge knows of it. */
    Attachment seatedIn(SecondSeat seat) {
        return new Attachment(
                vnic.at(seat.place()),
                seat.slot(),
                seat.pin(),
                seat.pin(),
                Optional.empty(),
                placement,
                rxFilter,
                Optional.empty(),
                revision);
    }

    /** Less what its own bridge does not care for: where else it is plugged in, and what it was before. */
    Attachment onItsBridge() {
        return new Attachment(
                vnic,
                slot,
                pin,
                pin,
                former,
                new Placement(Placement.Cause.ATTACHED, 0),
                rxFilter,
                Optional.empty(),
                0);
    }

    /** Whether the other one is the same in the same place; when it came there does not matter. */
    boolean differsOnlyInRevision(Attachment other) {
        return equals(new Attachment(
                other.vnic,
                other.slot,
                other.pin,
                other.home,
                other.former,
                placement,
                other.rxFilter,
                other.second,
                revision));
    }

    /** Moved there for good. */
    Attachment settledOn(UplinkPin other) {
        return pinned(other, other);
    }

    /** Moved there for as long as its home is no good. */
    Attachment evadingTo(UplinkPin other) {
        return pinned(other, home);
    }

    private Attachment pinned(UplinkPin otherPin, UplinkPin otherHome) {
        return new Attachment(vnic, slot, otherPin, otherHome, Optional.empty(), placement, rxFilter, second, revision);
    }

    Attachment withFormer(Optional<UplinkPin> other) {
        return new Attachment(vnic, slot, pin, home, other, placement, rxFilter, second, revision);
    }

    Attachment with(Placement other) {
        return new Attachment(vnic, slot, pin, home, former, other, rxFilter, second, revision);
    }

    Attachment withRxFilter(Optional<RxFilter> other, long itsRevision) {
        return new Attachment(vnic, slot, pin, home, former, placement, other, second, itsRevision);
    }

    Attachment withSecond(Optional<SecondSeat> other, long itsRevision) {
        return new Attachment(vnic, slot, pin, home, former, placement, rxFilter, other, itsRevision);
    }
}
