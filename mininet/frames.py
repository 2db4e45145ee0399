"""Raw Ethernet frames in a Mininet network: sent at one interface, counted at others, with no guess at how long to wait.

A Tap is bound before it is returned, so what arrives from then on is counted. What closes a count is a marker frame: it
takes the same way as the frames before it, which nothing on this way overtakes, so where it has arrived, they have.
"""

import contextlib
import ctypes
import itertools
import os
import select
import socket
import struct
import time
from typing import NamedTuple, Optional

BROADCAST = "ff:ff:ff:ff:ff:ff"
DOT1Q = 0x8100
EXPERIMENTAL = 0x88B5  # IEEE 802's EtherType for local experiments
MARKER_TIMEOUT = 10  # seconds
# A marker follows each so many frames, and is waited for: the sockets that Open vSwitch receives from hold not many more.
BURST = 50

ETH_P_ALL = 3
SO_RCVBUFFORCE = 33
SOL_PACKET = 263
PACKET_AUXDATA = 8
TP_STATUS_VLAN_VALID = 1 << 4
TP_STATUS_VLAN_TPID_VALID = 1 << 6
AUXDATA = struct.Struct("=IIIHHHH")  # struct tpacket_auxdata
CLONE_NEWNET = 0x40000000

libc = ctypes.CDLL(None, use_errno=True)
tokens = itertools.count(1)


class Frame(NamedTuple):
    """vlan: None where there is no tag."""

    destination: str
    source: str
    vlan: Optional[int]
    ether_type: int
    payload: bytes

    def encode(self):
        tag = b"" if self.vlan is None else struct.pack("!HH", DOT1Q, self.vlan)
        header = mac_bytes(self.destination) + mac_bytes(self.source) + tag + struct.pack("!H", self.ether_type)
        return (header + self.payload).ljust(60, b"\0")


class Tap:
    """A raw socket at an interface, in the network namespace of a process (pid), or in our own.

    both_ways: frames that leave by the interface count as well as those that come in by it.
    others: the frames that were passed over so far, which are of no experiment.
    """

    def __init__(self, interface, mac, pid=None, both_ways=False):
        self.interface = interface
        self.mac = mac
        self.both_ways = both_ways
        self.others = []
        with network_namespace(pid):
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 24)
        self.socket.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        self.socket.bind((interface, ETH_P_ALL))

    def close(self):
        self.socket.close()

    def send(self, destination, payload, source=None):
        self.socket.send(Frame(destination, source or self.mac, None, EXPERIMENTAL, payload).encode())

    def receive(self, deadline):
        """The next frame of an experiment; TimeoutError when there is none before the deadline (of time.monotonic)."""
        while select.select([self.socket], [], [], max(0.0, deadline - time.monotonic()))[0]:
            data = self.next_waiting()
            frame = decode(data) if data else None
            if frame and frame.ether_type == EXPERIMENTAL:
                return frame
            if frame:
                self.others.append(frame)
        raise TimeoutError(f"no closing marker has come to {self.interface}")

    def next_waiting(self):
        """The octets of the frame that waits in the socket; None when it is one that left, which does not count.

        BlockingIOError when none waits.
        """
        data, ancillary, _, address = self.socket.recvmsg(65536, socket.CMSG_SPACE(AUXDATA.size), socket.MSG_DONTWAIT)
        left = address[2] == socket.PACKET_OUTGOING and not self.both_ways
        return None if left else whole(data, ancillary)


def whole(data, ancillary):
    """The octets as they were on the wire: the kernel hands the outer tag over beside them."""
    for level, kind, value in ancillary:
        if (level, kind) == (SOL_PACKET, PACKET_AUXDATA):
            status, _, _, _, _, tci, tpid = AUXDATA.unpack(value[: AUXDATA.size])
            if status & TP_STATUS_VLAN_VALID:
                tpid = tpid if status & TP_STATUS_VLAN_TPID_VALID else DOT1Q
                return data[:12] + struct.pack("!HH", tpid, tci) + data[12:]
    return data


def decode(data):
    """A frame from its octets. Of several tags the outer one counts, and the others are payload."""
    vlan, offset = None, 12
    if int.from_bytes(data[12:14], "big") == DOT1Q:
        vlan, offset = int.from_bytes(data[14:16], "big") & 0xFFF, 16
    ether_type = int.from_bytes(data[offset : offset + 2], "big")
    return Frame(mac_text(data[0:6]), mac_text(data[6:12]), vlan, ether_type, data[offset + 2 :])


def deliver(sender, destinations, listeners, closer, source=None):
    """Sends a frame to each destination, and returns {name: [Frame]}: which of them came to each listener.

    sender, closer: Taps of different stations of one segment. source: forged, or None for the sender's own address.
    listeners: {name: Tap}, all of them where a broadcast of the segment comes by; sender and closer may be among them.
    """
    token = b"plugboard%08d" % next(tokens)
    arrived = {name: [] for name in listeners}
    others = {name: tap for name, tap in listeners.items() if tap is not sender}
    pending = list(destinations)
    for burst in (pending[i : i + BURST] for i in range(0, len(pending), BURST)):
        for destination in burst:
            sender.send(destination, token + b"data", source)
        mark(sender, token, others, arrived)
    # Whatever was to come back to the sender itself has left the others by now.
    mark(closer, token, {name: tap for name, tap in listeners.items() if tap is not closer}, arrived)
    return arrived


def mark(sender, token, listeners, arrived):
    """Broadcasts a marker, and collects what comes to each listener before it."""
    sender.send(BROADCAST, token + b"mark")
    deadline = time.monotonic() + MARKER_TIMEOUT
    for name, tap in listeners.items():
        while True:
            frame = tap.receive(deadline)
            if frame.payload.startswith(token + b"mark"):
                break
            if frame.payload.startswith(token + b"data"):
                arrived[name].append(frame)


@contextlib.contextmanager
def network_namespace(pid):
    """What is opened within belongs to the network namespace of the process; None: to our own."""
    if pid is None:
        yield
        return
    with open("/proc/self/ns/net", "rb") as own, open(f"/proc/{pid}/ns/net", "rb") as other:
        set_namespace(other)
        try:
            yield
        finally:
            set_namespace(own)


def set_namespace(file):
    if libc.setns(file.fileno(), CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), f"setns: {os.strerror(ctypes.get_errno())}")


def mac_bytes(text):
    return bytes.fromhex(text.replace(":", ""))


def mac_text(data):
    return data.hex(":")
