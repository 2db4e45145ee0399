"""A multicast stream reaches the guests whose cards listen to its address, and no others."""

from frames import deliver

STREAM = "01:00:5e:01:02:03"

TITLE = "Multicast"
INTRODUCTION = """
    A guest whose card's filter nobody has reported gets all multicast, to be safe. One report makes it exact: a stream
    reaches those that listen. Nothing is snooped, and no querier is needed.
"""


def play(lab, expect):
    for guest in ("h1g2", "h2g1", "h2g2"):
        expect(f"10 frames of h1g1's stream, at {guest}", 10, streamed(lab, guest))
    lab.report("h1g2", multicast=[STREAM])
    lab.report("h2g1", multicast=[])
    lab.report("h2g2", multicast=[STREAM])
    for guest, expected in (("h1g2", 10), ("h2g1", 0), ("h2g2", 10)):
        expect(f"h1g2 and h2g2 listen: at {guest}", expected, streamed(lab, guest))
    lab.report("h2g2", multicast=[])
    expect("h2g2 leaves: at h2g2", 0, streamed(lab, "h2g2"))
    expect("… and still at h1g2", 10, streamed(lab, "h1g2"))
    for guest in ("h1g2", "h2g1", "h2g2"):
        lab.forget_report(guest)


def streamed(lab, guest):
    with lab.taps() as taps:
        return len(deliver(taps["h1g1"], [STREAM] * 10, taps, closer=taps["outside"])[guest])
