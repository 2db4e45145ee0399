"""A guest moves to another host, and the physical switch and the guest's multicast stream follow it at once."""

from lab import PATIENCE, wait_until

GROUP = "239.1.2.3"
CARD = ("01:00:5e:00:00:01", "01:00:5e:01:02:03")  # what the guest's card lets through: all hosts, and the group
ROUNDS = 5

TITLE = "A migration"
INTRODUCTION = """
    h1g2 moves from pb-h1 to pb-h2, and knows nothing of it. The controller tells the physical switch by RARP where the
    guest is, and asks the guest for its groups, by an IGMP query that comes from 0.0.0.0 and goes to its port alone. The
    answer opens the new way for its stream. The old entry of the snooping switch ages out, in its own time.
"""


def play(lab, expect):
    lab.report("h1g2", multicast=CARD)
    with lab.only_registered_multicast(), lab.streaming("outside", "h1g2", GROUP) as stream:
        wait_for_datagrams(stream)
        lab.ping("outside", "h1g2", count=1)
        expect("the physical switch's fdb: h1g2 is behind", "pb-h1", lab.learned("h1g2"))
        expect("… its mdb: its group is behind", "pb-h1", lab.snooped(GROUP))
        expect("the stream from outside comes to h1g2", "yes", "yes" if stream.received() else "no")

        move(lab, "h1g2", "pb-h2")
        wait_until("the guest has been announced", lambda: len(sent(lab, "rarp")) == ROUNDS)
        wait_until("the guest has answered", lambda: answers(lab))
        expect("h1g2 has moved: RARPs on the wire of pb-h2", ROUNDS, len(sent(lab, "rarp")))
        expect("IGMP query to its port, answered with", GROUP, ", ".join(answers(lab)[-1]["groups"]))
        expect("the physical switch's fdb: h1g2 is behind", "pb-h2", lab.learned("h1g2"))
        expect("… its mdb: its group is behind", "pb-h1, pb-h2", lab.snooped(GROUP))
        before = stream.received()
        wait_for_datagrams(stream)
        expect("the stream comes to h1g2 on pb-h2", "yes", "yes" if stream.received() > before else "no")
        expect("ping outside → h1g2", "10 of 10", lab.ping("outside", "h1g2"))

    move(lab, "h1g2", "pb-h1")
    lab.forget_report("h1g2")


def move(lab, guest, destination):
    """As a hypervisor does: the destination is prepared, the guest goes there, and is said to be there."""
    vnic = f"/vnics/{guest}-eth0"
    value = {"bridge": lab.net[destination].dpid, "port": lab.vnic(guest)["port"]}
    lab.rest.call("POST", f"{vnic}/migration", value)
    lab.carry(guest, destination)
    lab.rest.call("POST", f"{vnic}/migration/activate?wait=active&timeoutMs={PATIENCE * 1000}")


def sent(lab, kind):
    """What the controller has sent of h1g2 on pb-h2."""
    items = lab.rest.get("/announcements?vnic=h1g2-eth0")["items"]
    return [frame for frame in items if frame["kind"] == kind and frame["bridge"] == lab.net["pb-h2"].dpid]


def answers(lab):
    return [query for query in sent(lab, "igmpQuery") if "answeredAfterMs" in query]


def wait_for_datagrams(stream):
    """Until a hundred more have come."""
    goal = stream.received() + 100
    wait_until("a hundred datagrams have come", lambda: stream.received() >= goal)
