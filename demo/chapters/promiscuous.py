"""A guest that sets promiscuous mode, and whose policy allows it, becomes a mirror port; without the flag it is none."""

from frames import BROADCAST, deliver

IPV4, ICMP = 0x0800, 1
PROTOCOL = 9  # where it is in an IPv4 header

TITLE = "Promiscuous mode"
INTRODUCTION = """
    h1g2 starts a sniffer, and its card goes promiscuous. Where the policy rejects that, nothing happens; where it
    accepts it, the port is a mirror of its segment, at once, and exactly once for each frame.
"""


def play(lab, expect):
    lab.report("h1g2", promiscuous=True)
    expect("h1g2 is promiscuous, its policy rejects that", "denied", mode(lab))
    expect("h1g1 pings h2g1, 10 times: packets that h1g2 sees", 0, overheard(lab))

    lab.put_port_group(security={"promiscuousMode": "accept"})
    lab.report("h1g2", promiscuous=True)
    expect("the policy accepts it: h1g2 is", "mirroring", mode(lab))
    expect("h1g1 pings h2g1: requests and replies at h1g2", 20, overheard(lab))
    expect("of 10 frames from h1g1 to h1g2 itself, at h1g2", 10, seen(lab, "h1g2"))
    expect("of 10 broadcasts from h1g1, at h1g2", 10, seen(lab, None))

    lab.report("h1g2", promiscuous=False)
    expect("the sniffer ends, h1g1 pings h2g1: at h1g2", 0, overheard(lab))
    lab.put_port_group()
    lab.forget_report("h1g2")


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


def mode(lab):
    status = lab.vnic("h1g2")["status"]
    return "mirroring" if status["mirroring"] else "denied" if status["promiscuousDenied"] else "neither"
