package io.plugboard.it.qemu;

import io.plugboard.agent.Agent;
import io.plugboard.it.Eventually;
import io.plugboard.it.wire.ControllerSocket;
import io.plugboard.topology.model.DatapathId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A host whose database says that Plugboard is to keep its bridge, and whose agent tells of its guests. The bridge reaches the
 * controller by a socket in its directory, since its namespace has no other way out; the database by TCP, as elsewhere.
 */
final class ManagedHost implements AutoCloseable {
    private final DatapathId dpid;
    private final QemuHost host;
    private final ControllerSocket openFlow;
    private Optional<Agent> agent = Optional.empty();

    /**
     * @param openFlow where the controller waits for switches
     * @param ovsdb where it waits for databases
     */
    ManagedHost(GuestImage image, DatapathId dpid, InetSocketAddress openFlow, InetSocketAddress ovsdb) {
        this.dpid = dpid;
        host = new QemuHost(image, dpid);
        this.openFlow = new ControllerSocket(host.ovs().controllerSocket(QemuHost.BRIDGE), openFlow);
        host.ovs().setController(QemuHost.BRIDGE);
        host.ovs().vsctl("set-manager", "tcp:" + ovsdb.getAddress().getHostAddress() + ":" + ovsdb.getPort());
        host.ovs().vsctl("set", "Bridge", QemuHost.BRIDGE, "external_ids:plugboard-managed=true");
    }

    /** The guests of the host are known from now on. */
    ManagedHost withAgent() {
        try {
            agent = Optional.of(Agent.start(new Agent.Settings(
                    UnixDomainSocketAddress.of(host.ovs().databaseSocket()),
                    Map.of(),
                    List.of(host.qmpDirectory()),
                    Optional.empty(),
                    List.of())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    ManagedHost connectedTo(PhysicalSwitch physical) {
        physical.connect(host);
        host.ovs().vsctl("set", "Interface", PhysicalSwitch.UPLINK, "external_ids:plugboard-uplink=true");
        return this;
    }

    DatapathId dpid() {
        return dpid;
    }

    QemuHost host() {
        return host;
    }

    /** A value of a port's row; empty where there is none. */
    String externalId(String port, String key) {
        return host.ovs()
                .vsctl("--if-exists", "get", "Interface", port, "external_ids:" + key)
                .strip()
                .replace("\"", "");
    }

    /** Waits until the controller has written that of a port. */
    void awaitState(String port, String state) {
        Eventually.get(() -> externalId(port, "plugboard-state"), state::equals);
    }

    String flows() {
        return host.ovs().ofctl("--names", "dump-flows", QemuHost.BRIDGE);
    }

    @Override
    public void close() {
        agent.ifPresent(Agent::close);
        host.close();
        openFlow.close();
    }
}
