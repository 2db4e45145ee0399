"""A frame that comes in from the wire, from a source that is a guest's here, is dropped."""

from frames import BROADCAST, deliver

TITLE = "Reflections"
INTRODUCTION = """
    A frame from the wire that claims to be from a guest of this very host is a reflection, or a lie: its host drops it.
    On any other host it is an ordinary frame.
"""


def play(lab, expect):
    with lab.taps() as taps:
        sender, victim = taps["outside"], taps["h1g1"]
        arrived = deliver(sender, [taps["h1g2"].mac] * 10, taps, closer=victim, source=victim.mac)
        expect("10 frames from outside as h1g1, to h1g2: at h1g2", 0, len(arrived["h1g2"]))
        arrived = deliver(sender, [BROADCAST] * 10, taps, closer=victim, source=victim.mac)
        for name, expected in (("h1g1", 0), ("h1g2", 0), ("h2g1", 10), ("h2g2", 10)):
            expect(f"10 broadcasts from outside as h1g1: at {name}", expected, len(arrived[name]))
    lab.forget_addresses()  # the physical switch believes by now that h1g1 is outside
