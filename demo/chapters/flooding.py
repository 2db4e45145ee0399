"""Frames to an unknown address reach no guest; a broadcast reaches each guest of its segment exactly once."""

from frames import BROADCAST, deliver

UNKNOWN = "52:54:00:de:ad:01"

TITLE = "No flooding"
INTRODUCTION = """
    The physical switch floods what it does not know. A learning switch on the host would flood it on, to every guest;
    Plugboard's bridges know that nobody here has the address. A broadcast reaches each guest once, never its sender.
"""


def play(lab, expect):
    with lab.taps() as taps:
        arrived = deliver(taps["outside"], [UNKNOWN] * 100, taps, closer=taps["h1g1"])
        for bridge in lab.bridges():
            expect(f"100 frames to nobody, on the wire of {bridge}", 100, len(arrived[f"wire of {bridge}"]))
        for guest in lab.guests():
            expect(f"… at {guest}", 0, len(arrived[guest.name]))

        arrived = deliver(taps["outside"], [BROADCAST] * 10, taps, closer=taps["h1g1"])
        for guest in lab.guests():
            expect(f"10 broadcasts from outside, at {guest}", 10, len(arrived[guest.name]))

        arrived = deliver(taps["h1g1"], [BROADCAST] * 10, taps, closer=taps["outside"])
        expect("10 broadcasts from h1g1, at h1g1", 0, len(arrived["h1g1"]))
        for name in ("h1g2", "h2g1", "h2g2", "outside"):
            expect(f"… at {name}", 10, len(arrived[name]))
        tags = sorted({str(frame.vlan) for frame in arrived["wire of pb-h1"]})
        expect("… on the wire of pb-h1, with the tag of VLAN", "100", ", ".join(tags))
