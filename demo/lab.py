"""What the story is played in: an Open vSwitch of its own, a controller, and the Mininet network of mininet/plugboard.py."""

import contextlib
import os
import re
import socket
import subprocess
import time
from pathlib import Path

from mininet.log import setLogLevel
from mininet.net import Mininet

import agent
import frames
import plugboard
from controller import LOOPBACK, Controller
from ping import Ping
from stream import Stream

VLAN = 100
PORT_GROUP = f"vlan-{VLAN}"
SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema"
PATIENCE = 30  # seconds that anything may take before the story gives it up
COUNTER_AGE = 3  # seconds: the controller's counters are at most 2 s old

PICTURE = """
    h1g1 h1g2 h1g3      h2g1 h2g2 h2g3     guests, VLAN 100
      |    |    |         |    |    |
    +-+----+----+-+     +-+----+----+-+
    |    pb-h1    |     |    pb-h2    |    a bridge on each host: Plugboard
    +------+------+     +------+------+
           |    +---------+    |
           +----+ pb-phys +----+           a physical switch: learns, and snoops
                +----+----+
                     |
                  outside                  a machine on the wire
"""


class Lab:
    """Set up when it is entered, taken down when it is left."""

    def __init__(self, directory, openflow_port, rest_port):
        self.directory = Path(directory)
        free = free_ports(3)
        self.controller = Controller(self.directory, openflow_port or free[0], free[1], rest_port or free[2])
        self.rest = self.controller.rest
        self.net = None
        self.ending = contextlib.ExitStack()

    def __enter__(self):
        with contextlib.ExitStack() as undo:
            undo.callback(self.close)
            self.start_open_vswitch()
            self.start_controller()
            self.start_network()
            undo.pop_all()
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.ending.close()

    # Open vSwitch

    def start_open_vswitch(self):
        """One of our own, for userspace bridges: whether and for whom the machine runs one makes no difference."""
        for place in ("OVS_RUNDIR", "OVS_DBDIR", "OVS_LOGDIR", "OVS_SYSCONFDIR"):
            os.environ[place] = str(self.directory)
        database = str(self.directory / "conf.db")
        remotes = (f"--remote=punix:{self.directory}/db.sock", "--remote=db:Open_vSwitch,Open_vSwitch,manager_options")
        daemon = ("--detach", "--no-chdir", "--pidfile", "--log-file", "-vconsole:off")
        run("ovsdb-tool", "create", database, SCHEMA)
        run("ovsdb-server", database, *remotes, *daemon)
        self.ending.callback(run, "ovs-appctl", "-t", "ovsdb-server", "exit")
        run("ovs-vsctl", "--no-wait", "init")
        run("ovs-vswitchd", *daemon)
        self.ending.callback(run, "ovs-appctl", "exit", "--cleanup")

    def flows(self, bridge):
        """All flows of a bridge, as ovs-ofctl prints them, one a line."""
        lines = run("ovs-ofctl", "-O", "OpenFlow13", "dump-flows", bridge.name).splitlines()
        return [line for line in lines if "table=" in line]

    def forget_addresses(self):
        """Makes the physical switch forget where it has seen whom, what its datapath has not yet told it included."""
        run("ovs-appctl", "revalidator/purge")
        run("ovs-appctl", "fdb/flush", "pb-phys")

    def learned(self, guest):
        """The names of the bridges that the physical switch takes a guest to be behind."""
        return self.behind(line for line in self.table("fdb") if line[2] == self.net[guest].MAC())

    def snooped(self, group):
        """The names of the bridges that the physical switch sends a multicast group to."""
        return self.behind(line for line in self.table("mdb") if line[2] == group)

    @staticmethod
    def table(name):
        """The words of each line of a table of the physical switch: port, VLAN, address, age."""
        return [line.split() for line in run("ovs-appctl", f"{name}/show", "pb-phys").splitlines()[1:]]

    def behind(self, lines):
        numbers = sorted({line[0] for line in lines if line[1] == str(VLAN)})
        return ", ".join(self.bridges()[int(number) - 1].name for number in numbers)

    @contextlib.contextmanager
    def only_registered_multicast(self):
        """The physical switch sends a group's frames to its members alone, as snooping switches in racks do."""
        key = "mcast-snooping-disable-flood-unregistered"
        run("ovs-vsctl", "set", "Bridge", "pb-phys", f"other_config:{key}=true")
        try:
            yield
        finally:
            run("ovs-vsctl", "remove", "Bridge", "pb-phys", "other_config", key)

    def carry(self, guest, bridge):
        """Takes the guest's cable out of its bridge and plugs it into another one; the guest does not notice."""
        port = self.vnic(guest)["port"]
        run("ovs-vsctl", "del-port", port, "--", "add-port", bridge, port)

    def connected(self, bridge):
        """Whether the bridge has a session with the controller."""
        return "true" in run("ovs-vsctl", "get", "Controller", bridge.name, "is_connected")

    @contextlib.contextmanager
    def packet_ins(self):
        """A function that says how many packets each bridge has sent to its controllers, {name: number}.

        It asks a witness: a second controller of each bridge, which is sent a copy of every packet-in.
        """
        logs = {}
        with contextlib.ExitStack() as stack:
            for bridge in self.bridges():
                control = f"{self.directory}/{bridge}.monitor.ctl"
                logs[bridge.name] = self.directory / f"{bridge}.monitor.log"
                with open(logs[bridge.name], "w", encoding="utf-8") as log:
                    command = ["ovs-ofctl", "-O", "OpenFlow13", "monitor", bridge.name, "65534", "--detach", "--no-chdir"]
                    command += [f"--pidfile={control}.pid", f"--unixctl={control}"]
                    subprocess.run(command, stdout=log, stderr=log, check=True)
                stack.callback(run, "ovs-appctl", "-t", control, "exit")

            def count():
                for name in logs:
                    run("ovs-appctl", "-t", f"{self.directory}/{name}.monitor.ctl", "ofctl/barrier")
                return {name: log.read_text().count("PACKET_IN") for name, log in logs.items()}

            yield count

    # The controller

    def start_controller(self):
        self.ending.callback(self.controller.stop)
        self.controller.start()
        wait_until("the controller is ready", self.controller.is_ready)
        run("ovs-vsctl", "set-manager", f"tcp:{LOOPBACK}:{self.controller.ovsdb_port}")

    # The network

    def start_network(self):
        setLogLevel("error")
        Mininet.inited = True  # it would raise the whole machine's limits, which a network of this size does not need
        controller = plugboard.PlugboardController(
            "c0", ip=LOOPBACK, port=self.controller.openflow_port, rest=self.controller.rest_address
        )
        topology = plugboard.PlugboardTopo(hosts=2, vnics=3, vlan=VLAN)
        self.net = Mininet(topo=topology, controller=controller, autoSetMacs=True)
        self.ending.callback(self.stop_network)
        self.net.start()
        for switch in self.net.switches:
            check_datapath(switch.name)
        wait_until("every vNIC is active", self.all_active)

    def stop_network(self):
        if self.net:
            for node in self.net.values():
                node.waiting = False  # where the story was interrupted, for the answer to a command
            self.net.stop()
            self.net = None

    def bridges(self):
        return [switch for switch in self.net.switches if isinstance(switch, plugboard.PlugboardSwitch)]

    def guests(self):
        return [host for host in self.net.hosts if host.name != "outside"]

    def vnic(self, guest):
        return self.rest.get(f"/vnics/{guest}-eth0")

    def bridge_status(self, bridge):
        return self.rest.get(f"/bridges/{bridge.dpid}")["status"]

    def all_active(self):
        return all(self.is_active(guest) for guest in self.guests())

    def is_active(self, guest):
        """Whether it has a vNIC that is active."""
        items = self.rest.get("/vnics?state=active")["items"]
        return f"{guest}-eth0" in (vnic["id"] for vnic in items)

    def plug(self, port_group, *guests):
        """Moves the guests' vNICs to a port group, and returns when all frames go the new way."""
        self.put_vnics(port_group, *(self.vnic(guest) for guest in guests))

    def put_vnics(self, port_group, *vnics):
        for vnic in vnics:
            value = {"bridge": vnic["bridge"], "port": vnic["port"], "mac": vnic["mac"], "portGroup": port_group}
            self.rest.put(f"/vnics/{vnic['id']}?wait=active&timeoutMs={PATIENCE * 1000}", value)
        self.settle()

    @contextlib.contextmanager
    def known_by_its_hypervisor(self, guest):
        """Takes the guest's vNIC from REST for as long as the context is open: the database says it, and its host's agent."""
        vnic = self.vnic(guest)
        keys = {
            "iface-id": vnic["id"],
            "attached-mac": f'"{vnic["mac"]}"',
            "plugboard-port-group": vnic["portGroup"],
        }
        self.rest.call("DELETE", f"/vnics/{vnic['id']}")
        run("ovs-vsctl", "set", "Interface", vnic["port"], *(f"external_ids:{key}={value}" for key, value in keys.items()))
        wait_until(f"the vNIC of {guest} is active again", lambda: self.is_active(guest))
        try:
            with agent.following(self.net[guest], self.directory):
                yield
        finally:
            run("ovs-vsctl", "clear", "Interface", vnic["port"], "external_ids")
            wait_until(f"the vNIC of {guest} is gone", lambda: not self.is_active(guest))
            self.put_vnics(vnic["portGroup"], vnic)

    @contextlib.contextmanager
    def sniffing(self, guest):
        """tcpdump runs in the guest, for as long as the context is open."""
        command = ["tcpdump", "-i", self.net[guest].defaultIntf().name, "-w", os.devnull]
        sniffer = self.net[guest].popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            sniffer.terminate()
            sniffer.wait()

    def put_port_group(self, **policies):
        """Gives the guests' port group these policies, and no others."""
        self.rest.put(f"/port-groups/{PORT_GROUP}", {"vlan": {"mode": "access", "id": VLAN}, **policies})

    def report(self, guest, promiscuous=False, multicast=()):
        """Reports a guest's receive filter, as a hypervisor would, and returns when all frames go the new way."""
        mac = self.vnic(guest)["mac"]
        value = {"mac": mac, "promiscuous": promiscuous, "allMulticast": False, "multicast": list(multicast), "unicast": []}
        self.rest.put(f"/vnics/{guest}-eth0/rx-filter?wait=active&timeoutMs={PATIENCE * 1000}", value)
        self.settle()

    def forget_report(self, guest):
        self.rest.call("DELETE", f"/vnics/{guest}-eth0/rx-filter")
        wait_until(f"the vNIC of {guest} is active", self.all_active)
        self.settle()

    def settle(self):
        """Open vSwitch confirms a change of its flows; what it has cached of them follows a moment later."""
        # The pass that is under way may have begun before the change, the next one has not.
        run("ovs-appctl", "revalidator/wait")
        run("ovs-appctl", "revalidator/wait")

    def ping(self, source, destination, count=10):
        """How many of so many echo requests were answered, as "10 of 10"."""
        answer, _, _ = self.net[source].pexec(f"ping -c {count} -i 0.05 -W 1 -q {self.net[destination].IP()}")
        sent, received = re.search(r"(\d+) packets transmitted, (\d+) received", answer).groups()
        return f"{received} of {sent}"

    @contextlib.contextmanager
    def pinging(self, source, destination, interval):
        """A Ping that runs as long as the context is open."""
        ping = Ping(self.net[source], self.net[destination].IP(), interval, self.directory / "ping.log")
        try:
            yield ping
        finally:
            ping.stop()

    @contextlib.contextmanager
    def streaming(self, source, destination, group):
        """A Stream that runs as long as the context is open."""
        stream = Stream(self.net[source], self.net[destination], group, self.directory / "stream.log")
        try:
            yield stream
        finally:
            stream.stop()

    @contextlib.contextmanager
    def taps(self):
        """A Tap for each guest and the machine outside, and, as "wire of pb-h1", both ways on each bridge's uplink."""
        with contextlib.ExitStack() as stack:
            taps = {}
            for host in self.net.hosts:
                interface = host.defaultIntf()
                taps[host.name] = frames.Tap(interface.name, interface.MAC(), pid=host.pid)
            for bridge in self.bridges():
                for uplink in bridge.uplinks():
                    taps[f"wire of {bridge}"] = frames.Tap(uplink, bridge.MAC(), both_ways=True)
            for tap in taps.values():
                stack.callback(tap.close)
            yield taps


def check_datapath(bridge):
    if run("ovs-vsctl", "get", "Bridge", bridge, "datapath_id").strip() == "[]":
        raise RuntimeError(
            f"Open vSwitch cannot set up {bridge}: in a network namespace, one alone can have userspace bridges. "
            "Stop the other one, or leave out --keep: then the demo has a namespace of its own"
        )


def wait_until(what, condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {PATIENCE} s in vain until {what}")
        time.sleep(0.02)


def eventually(expected, read, patience=COUNTER_AGE):
    """Reads a counter until it is as expected, or until it would have been; returns what was read last."""
    deadline = time.monotonic() + patience
    while (value := read()) != expected and time.monotonic() < deadline:
        time.sleep(0.1)
    return value


def free_ports(count):
    """So many different ones: each is taken until all are."""
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(socket.create_server((LOOPBACK, 0))) for _ in range(count)]
        return [server.getsockname()[1] for server in servers]


def run(*command):
    """Returns what the command prints; raises RuntimeError with what it complains of."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
