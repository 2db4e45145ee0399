"""Plugboard in Mininet: host bridges that never learn, and attachments that announce themselves.

    mn --custom mininet/plugboard.py --topo plugboard --controller plugboard
    mn --custom mininet/plugboard.py --topo plugboard,hosts=3,vnics=4,vlan=0 --controller plugboard --test pingall
    mn --custom mininet/plugboard.py --topo single,4 --switch plugboard --controller plugboard,ip=192.0.2.1

The controller must be running (`bin/plugboard serve`), and so must Open vSwitch; its kernel module is not needed.

Every link between a PlugboardSwitch and a Mininet host is a vNIC, with Mininet's own MAC address and port name; every
link to another switch is an uplink. All of them are told to the controller in one transaction when the network starts,
and taken back in one when it stops. A port group that exists already is used as it is, and outlives the network.
"""

import json
import shutil
import socket
import sys
import urllib.error
import urllib.request

from mininet.log import error, warn
from mininet.node import Host, OVSBridge, OVSSwitch, RemoteController, Switch
from mininet.topo import Topo
from mininet.util import errRun

REST_PORT = 8080
ANSWER_TIMEOUT = 30  # seconds


class PlugboardError(Exception):
    """The controller could not be reached, or refused: the message says which, and why."""


class Rest:
    """The controller's REST API, at "HOST:PORT"."""

    def __init__(self, address):
        self.server = f"http://{address}"

    def get(self, path):
        return self.call("GET", path)

    def put(self, path, value):
        return self.call("PUT", path, value)

    def transaction(self, operations):
        """Applies all operations, each a dict of op, path and value, or none of them."""
        return self.call("POST", "/transactions", {"operations": operations})

    def is_ready(self):
        """Whether the controller is there, and ready to serve."""
        try:
            with urllib.request.urlopen(f"{self.server}/readyz", timeout=ANSWER_TIMEOUT) as answer:
                return answer.status == 200
        except OSError:
            return False

    def call(self, method, path, value=None):
        """Returns the JSON that the controller answers, None when it answers nothing; raises PlugboardError."""
        body = None if value is None else json.dumps(value).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.server}/api/v1{path}", body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=ANSWER_TIMEOUT) as answer:
                text = answer.read()
        except urllib.error.HTTPError as refusal:
            raise PlugboardError(f"{method} {path}: {refusal.code} {explain(refusal.read())}") from None
        except OSError as failure:
            raise PlugboardError(f"{self.server} does not answer: {getattr(failure, 'reason', failure)}") from None
        return json.loads(text) if text else None


def explain(problem):
    """One line for what the controller objects to (RFC 9457): its detail, and each wrong field."""
    try:
        problem = json.loads(problem)
        errors = problem.get("errors", [])
        wrong = "; ".join(f"{e.get('pointer') or e.get('parameter')}: {e.get('detail')}" for e in errors)
        told = problem.get("detail") or problem.get("title")
        return f"{told} ({wrong})" if wrong else str(told)
    except (ValueError, AttributeError):
        return repr(problem)


class PlugboardController(RemoteController):
    """A running Plugboard: ip is its address or name, port that of OpenFlow, rest the "HOST:PORT" of its REST API."""

    def __init__(self, name, ip="127.0.0.1", port=6653, rest=None, **params):
        self.rest = Rest(rest or f"{ip}:{REST_PORT}")
        RemoteController.__init__(self, name, ip=socket.gethostbyname(ip), port=port, **params)

    def checkListening(self):
        if not self.rest.is_ready():
            give_up(
                f"no controller is ready at {self.rest.server}: start it with bin/plugboard serve,"
                " or say where it is with --controller plugboard,ip=ADDRESS,rest=HOST:PORT"
            )


class PlugboardSwitch(OVSSwitch):
    """A host's bridge: userspace datapath, fail mode secure, no in-band control, programmed by Plugboard alone."""

    def __init__(self, name, datapath="user", **params):
        refuse_existing(name)
        self.rest = None
        self.announcement = None
        OVSSwitch.__init__(self, name, datapath=datapath, failMode="secure", inband=False, **params)

    def start(self, controllers):
        controller = controllers[0]
        self.rest = getattr(controller, "rest", None) or Rest(f"{controller.IP()}:{REST_PORT}")
        OVSSwitch.start(self, controllers)

    def connected(self):
        """Whether all of its vNICs are active: that the controller has been reached is not enough to ping."""
        try:
            items = self.rest.get(f"/vnics?bridge={self.dpid}")["items"]
        except PlugboardError:
            return False
        return all(item["status"]["state"] == "active" for item in items)

    def vnics(self):
        """Pairs of its own interface and a guest's."""
        return [(port, peer) for port, peer in self.peers() if not isinstance(peer.node, Switch)]

    def uplinks(self):
        """The names of its ports to other switches."""
        return [port.name for port, peer in self.peers() if isinstance(peer.node, Switch)]

    def peers(self):
        links = [(port, port.link) for port in self.intfList() if port.link]
        return [(port, link.intf2 if port is link.intf1 else link.intf1) for port, link in links]

    @classmethod
    def batchStartup(cls, switches, run=errRun):
        started = super().batchStartup(switches, run)
        announcement = Announcement(switches[0].rest, switches)
        announcement.make()
        for switch in switches:
            switch.announcement = announcement
        return started

    @classmethod
    def batchShutdown(cls, switches, run=errRun):
        for announcement in {switch.announcement for switch in switches if switch.announcement}:
            try:
                announcement.withdraw()
            except PlugboardError as failure:
                warn(f"*** plugboard: the controller keeps the attachments: {failure}\n")
        return super().batchShutdown(switches, run)


class PhysicalSwitch(OVSBridge):
    """What stands in the rack: a switch that learns, and snoops on multicast. access: {port number: VLAN}."""

    def __init__(self, name, datapath="user", access=None, **params):
        refuse_existing(name)
        self.access = access or {}
        OVSBridge.__init__(self, name, datapath=datapath, **params)

    def bridgeOpts(self):
        return OVSBridge.bridgeOpts(self) + " mcast_snooping_enable=true"

    def start(self, controllers):
        OVSBridge.start(self, controllers)
        for port, vlan in self.access.items():
            self.vsctl(f"-- set Port {self.intfs[port]} tag={vlan}")


class Guest(Host):
    """A virtual machine. Its parameter vlan is the VLAN of its vNICs (0: untagged); portGroup names one to use instead."""

    def config(self, **params):
        result = Host.config(self, **params)
        # A veth leaves the checksums of TCP and UDP to a network card that is not there. The kernel's own switches
        # know; a userspace datapath sends them on as they are.
        if shutil.which("ethtool"):
            for interface in self.intfList():
                self.cmd("ethtool -K", interface, "tx off")
        else:
            warn("*** plugboard: without ethtool, guests can ping, but have neither TCP nor UDP\n")
        return result


class PlugboardTopo(Topo):
    """Hosts that have a bridge and some guests, a physical switch between them, and one more machine on the wire.

    hosts: how many; vnics: how many guests each has, of one vNIC; vlan: of them and of the machine outside, 0: untagged.
    """

    def build(self, hosts=2, vnics=2, vlan=100):
        outside = hosts + 1
        access = {outside: vlan} if vlan else {}
        self.addSwitch("pb-phys", cls=PhysicalSwitch, dpid=f"{0xFFFF:016x}", access=access)
        for host in range(1, hosts + 1):
            bridge = self.addSwitch(f"pb-h{host}", cls=PlugboardSwitch, dpid=f"{host:016x}")
            for guest in range(1, vnics + 1):
                self.addLink(self.addHost(f"h{host}g{guest}", cls=Guest, vlan=vlan), bridge, port2=guest)
            self.addLink(bridge, "pb-phys", port1=vnics + 1, port2=host)
        self.addLink(self.addHost("outside", cls=Guest), "pb-phys", port2=outside)


class Announcement:
    """What is plugged in where, told to the controller and taken back, each in one transaction."""

    def __init__(self, rest, bridges):
        self.rest = rest
        self.resources = {}  # path: value; what stands later uses what stands before
        present = {group["name"] for group in rest.get("/port-groups")["items"]}
        for _, peer in (vnic for bridge in bridges for vnic in bridge.vnics()):
            if port_group(peer.node) not in present:
                self.resources[f"/port-groups/{port_group(peer.node)}"] = {"vlan": vlan_mode(peer.node)}
        for bridge in bridges:
            self.resources[f"/bridges/{bridge.dpid}"] = {"name": bridge.name, "uplinks": bridge.uplinks()}
            for port, peer in bridge.vnics():
                self.resources[f"/vnics/{peer.name}"] = {
                    "bridge": bridge.dpid,
                    "port": port.name,
                    "mac": peer.MAC(),
                    "portGroup": port_group(peer.node),
                }

    def make(self):
        self.rest.transaction([{"op": "put", "path": path, "value": value} for path, value in self.resources.items()])

    def withdraw(self):
        self.rest.transaction([{"op": "delete", "path": path} for path in reversed(self.resources)])


def port_group(guest):
    """The name of the port group that a Mininet host asks for, or of the one for its VLAN."""
    vlan = guest.params.get("vlan", 0)
    return guest.params.get("portGroup") or (f"vlan-{vlan}" if vlan else "untagged")


def vlan_mode(guest):
    vlan = guest.params.get("vlan", 0)
    return {"mode": "access", "id": vlan} if vlan else {"mode": "untagged"}


def refuse_existing(bridge):
    """Mininet would delete a bridge of this name, whosever it is."""
    _, _, code = errRun("ovs-vsctl", "--timeout=5", "br-exists", bridge)
    if code == 0:
        give_up(f"a bridge {bridge} exists already: delete it, if it is left from a lab: ovs-vsctl del-br {bridge}")


def give_up(message):
    """Ends mn before it has made anything. After an exception it would clean up: delete every bridge that it finds."""
    error(f"*** plugboard: {message}\n")
    sys.exit(1)


def validate(options):
    """Called by mn with its options, before it makes anything."""
    used = any(str(value).startswith("plugboard") for value in (options.topo, options.switch))
    if used and not any(name.startswith(("plugboard", "remote")) for name in options.controller):
        give_up("the bridges need a running Plugboard: add --controller plugboard")


topos = {"plugboard": PlugboardTopo}
switches = {"plugboard": PlugboardSwitch}
controllers = {"plugboard": PlugboardController}
hosts = {"plugboard": Guest}
