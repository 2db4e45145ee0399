"""A multicast stream reaches the guests whose cards listen to its address, and no others."""

from frames import deliver

STREAM = "01:00:5e:01:02:03"
LISTENERS = ("h1g2", "h2g2")

TITLE = "Multicast"
INTRODUCTION = """
    h1g1 sends a stream, and has five neighbours. A guest whose card's filter nobody has reported gets all multicast, to be
    safe. One report makes it exact: the stream reaches those that listen. Nothing is snooped, and no querier is needed.
"""


def play(lab, expect):
    neighbours = [guest.name for guest in lab.guests() if guest.name != "h1g1"]
    expect("of 5 neighbours, the stream reaches", 5, len(reached(lab, neighbours)))
    for guest in neighbours:
        lab.report(guest, multicast=[STREAM] if guest in LISTENERS else [])
    expect("h1g2 and h2g2 listen: of 5 neighbours, it reaches", 2, len(reached(lab, neighbours)))
    expect("… these, each with 10 frames of 10", said(dict.fromkeys(LISTENERS, 10)), said(reached(lab, neighbours)))
    lab.report("h2g2", multicast=[])
    expect("h2g2 leaves: it reaches", said({"h1g2": 10}), said(reached(lab, neighbours)))
    for guest in neighbours:
        lab.forget_report(guest)


def reached(lab, neighbours):
    """How many of ten frames of the stream come to each guest that any come to."""
    with lab.taps() as taps:
        arrived = deliver(taps["h1g1"], [STREAM] * 10, taps, closer=taps["outside"])
    return {guest: len(arrived[guest]) for guest in neighbours if arrived[guest]}


def said(counts):
    return ", ".join(f"{guest} {count}" for guest, count in counts.items())
