"""Guests reach each other by what the controller knows, in a VLAN and untagged, and the data plane asks nobody."""

import re

from lab import PORT_GROUP

TITLE = "Known addresses"
INTRODUCTION = """
    The controller knows who is plugged in where, so the bridges learn nothing and ask nothing: guests reach each other,
    on one host and across the physical switch, and no packet goes to the controller. A VLAN is a wall.
"""

LEARNING = re.compile(r"\blearn\(|\bNORMAL\b|\bFLOOD\b", re.IGNORECASE)


def play(lab, expect):
    with lab.packet_ins() as packet_ins:
        expect("ping h1g1 → h2g1, across the wire, VLAN 100", "10 of 10", lab.ping("h1g1", "h2g1"))
        expect("ping h1g1 → h1g2, on one host, VLAN 100", "10 of 10", lab.ping("h1g1", "h1g2"))
        expect("ping outside → h2g2, from a physical machine", "10 of 10", lab.ping("outside", "h2g2"))
        for bridge, packets in packet_ins().items():
            expect(f"packets that {bridge} sent to the controller", 0, packets)
    for bridge in lab.bridges():
        flows = lab.flows(bridge)
        expect(f"flows of {bridge} that learn, or say NORMAL", 0, len([f for f in flows if LEARNING.search(f)]))

    lab.rest.put("/port-groups/untagged", {"vlan": {"mode": "untagged"}})
    lab.plug("untagged", "h1g1", "h2g1")
    expect("h1g1 and h2g1 plugged in untagged: ping", "10 of 10", lab.ping("h1g1", "h2g1"))
    expect("ping h1g1 → h1g2, untagged to VLAN 100", "0 of 3", lab.ping("h1g1", "h1g2", count=3))
    lab.plug(PORT_GROUP, "h1g1", "h2g1")
    lab.rest.call("DELETE", "/port-groups/untagged")
    expect("both back in VLAN 100: ping h1g1 → h1g2", "10 of 10", lab.ping("h1g1", "h1g2"))
