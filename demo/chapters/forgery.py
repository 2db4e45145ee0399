"""A guest that sends from an address that is not its own reaches nobody, and each such frame is counted."""

from frames import BROADCAST, deliver
from lab import eventually

FORGED = "52:54:00:0f:0f:0f"

TITLE = "Forged sources"
INTRODUCTION = """
    A guest may speak in its own name only. What it sends from another address ends in a drop flow of its own, whose
    counter says how often it has tried.
"""


def play(lab, expect):
    before = drops(lab, "h1g1")
    with lab.taps() as taps:
        sent = [BROADCAST, taps["h2g1"].mac] * 500
        arrived = deliver(taps["h1g1"], sent, taps, closer=taps["outside"], source=FORGED)
    for name, frames in arrived.items():
        expect(f"1,000 forged frames of h1g1, at {name}", 0, len(frames))
    expect("spoofedDrops of h1g1", 1000, eventually(1000, lambda: drops(lab, "h1g1") - before))
    expect("spoofedDrops of its neighbour h1g2", 0, drops(lab, "h1g2"))


def drops(lab, guest):
    return lab.vnic(guest)["status"]["counters"]["spoofedDrops"]
