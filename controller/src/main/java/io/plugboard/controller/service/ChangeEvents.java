package io.plugboard.controller.service;

import io.plugboard.controller.observe.EventLog;
import io.plugboard.topology.Attachment;
import io.plugboard.topology.ManagedBridge;
import io.plugboard.topology.StoredPortGroup;
import io.plugboard.topology.Topology;
import io.plugboard.topology.Touched;
import io.plugboard.topology.model.DatapathId;
import java.util.Optional;

/** An event for each port group, bridge and vNIC that is put or deleted, and for each uplink that is lost or back. */
public final class ChangeEvents implements TopologyListener {
    private final EventLog events;

    public ChangeEvents(EventLog events) {
        this.events = events;
    }

    /**
     * Somebody has put or deleted something.
     *
     * @param revision which it has now, or at which it has gone
     */
    public record Edited(String who, long revision) {}

    /** An uplink has lost its link, or has it again. */
    public record UplinkState(String uplink, boolean up) {}

    @Override
    public void published(Topology before, Topology after, Touched touched) {
        published(new Origin("nobody", 0), before, after, touched);
    }

    @Override
    public void published(Origin origin, Topology before, Topology after, Touched touched) {
        Edit edit = new Edit(origin.who(), after.revision());
        touched.portGroups()
                .forEach(name -> edit.tell(
                        "/port-groups/" + name,
                        before.portGroup(name).map(StoredPortGroup::revision),
                        after.portGroup(name).map(StoredPortGroup::revision)));
        touched.bridges()
                .forEach(dpid -> edit.tell(
                        "/bridges/" + dpid,
                        before.bridge(dpid).map(ManagedBridge::revision),
                        after.bridge(dpid).map(ManagedBridge::revision)));
        touched.vnics()
                .forEach(id -> edit.tell(
                        "/vnics/" + id,
                        before.attachment(id).map(Attachment::revision),
                        after.attachment(id).map(Attachment::revision)));
        touched.bridges().forEach(dpid -> tellUplinks(dpid, before.bridge(dpid), after.bridge(dpid)));
    }

    /** One change of everything, seen from its parts. */
    private final class Edit {
        private final String who;
        private final long revision;

        Edit(String who, long revision) {
            this.who = who;
            this.revision = revision;
        }

        /** What keeps its revision was touched by something else: a vNIC that was moved to another uplink, for one. */
        void tell(String subject, Optional<Long> before, Optional<Long> after) {
            if (after.isEmpty()) {
                events.publish("deleted", subject, new Edited(who, revision));
            } else if (!after.equals(before)) {
                events.publish("put", subject, new Edited(who, after.get()));
            }
        }
    }

    private void tellUplinks(DatapathId dpid, Optional<ManagedBridge> before, Optional<ManagedBridge> after) {
        after.ifPresent(now -> now.uplinks().forEach((pin, name) -> {
            boolean wasUp =
                    before.flatMap(old -> old.pinOf(name).map(old::isUp)).orElse(true);
            if (now.isUp(pin) != wasUp) {
                events.publish("uplinkState", "/bridges/" + dpid, new UplinkState(name, now.isUp(pin)));
            }
        }));
    }
}
