"""A guest that sets promiscuous mode, and whose policy allows it, becomes a mirror port; without the flag it is none."""

from frames import BROADCAST, deliver
from lab import eventually

IPV4, ICMP = 0x0800, 1
PROTOCOL = 9  # where it is in an IPv4 header
PATIENCE = 30  # seconds until what the agent has seen is in force

TITLE = "The hypervisor knows: promiscuous mode"
INTRODUCTION = """
    h1g2's vNIC is not told by REST any more: Open vSwitch's database has it, as libvirt would write it, and the agent runs
    on the host. tcpdump starts in the guest, and its card goes promiscuous; nobody calls anything. Where the policy rejects
    that, nothing happens; where it accepts it, the port is a mirror of its segment, and exactly once for each frame.
"""


def play(lab, expect):
    with lab.known_by_its_hypervisor("h1g2"):
        expect("h1g2's vNIC was brought by", "ovsdb", lab.vnic("h1g2")["source"])
        with lab.sniffing("h1g2"):
            expect("tcpdump runs in h1g2, its policy rejects that", "denied", becomes("denied", lab))
            expect("h1g1 pings h2g1, 10 times: packets that h1g2 sees", 0, overheard(lab))

            lab.put_port_group(security={"promiscuousMode": "accept"})
            expect("the policy accepts it: h1g2 is", "mirroring", becomes("mirroring", lab))
            expect("h1g1 pings h2g1: requests and replies at h1g2", 20, overheard(lab))
            expect("of 10 frames from h1g1 to h1g2 itself, at h1g2", 10, seen(lab, "h1g2"))
            expect("of 10 broadcasts from h1g1, at h1g2", 10, seen(lab, None))

        expect("tcpdump ends: h1g2 is", "neither", becomes("neither", lab))
        expect("h1g1 pings h2g1: packets that h1g2 sees", 0, overheard(lab))
    lab.put_port_group()


def overheard(lab):
    """How many packets of ten pings from h1g1 to h2g1 come to h1g2."""
    with lab.taps() as taps:
        lab.ping("h1g1", "h2g1")
        deliver(taps["h1g1"], [], taps, closer=taps["h2g2"])
        return len([frame for frame in taps["h1g2"].others if frame.ether_type == IPV4 and frame.payload[PROTOCOL] == ICMP])


def seen(lab, destination):
    """How many of ten frames from h1g1 come to h1g2; without a destination they are broadcasts."""
    with lab.taps() as taps:
        to = taps[destination].mac if destination else BROADCAST
        return len(deliver(taps["h1g1"], [to] * 10, taps, closer=taps["h2g2"])["h1g2"])


def becomes(expected, lab):
    """What it is at last, once all frames go the new way."""
    last = eventually(expected, lambda: mode(lab), PATIENCE)
    lab.settle()
    return last


def mode(lab):
    status = lab.vnic("h1g2")["status"]
    if status["state"] != "active":
        return status["state"]
    return "mirroring" if status["mirroring"] else "denied" if status["promiscuousDenied"] else "neither"
