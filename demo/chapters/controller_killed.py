"""The controller is killed and comes back, and a running ping does not notice."""

from lab import wait_until

TITLE = "The controller is killed"
INTRODUCTION = """
    kill -9, while h1g1 sends h2g1 a hundred echo requests a second. The bridges forward without a controller. A new one
    reads its store and the bridges' flows, compares them, and finds nothing to change.
"""

CHANGES = [what + how for what in ("flows", "groups") for how in ("Added", "Modified", "Deleted")]


def play(lab, expect):
    slots = slots_of(lab)
    with lab.pinging("h1g1", "h2g1", interval=0.01) as ping:
        wait_for_answers(ping, 100)
        lab.controller.kill()
        wait_until("the bridges notice", lambda: not any(lab.connected(bridge) for bridge in lab.bridges()))
        wait_for_answers(ping, 100)
        lab.start_controller()
        wait_until("the bridges are back", lambda: all(is_active(lab, bridge) for bridge in lab.bridges()))
        wait_for_answers(ping, 100)

    expect(f"of {len(ping.answers())} echo requests meanwhile, lost", 0, ping.lost())
    expect("… answered twice", 0, ping.duplicates())
    for bridge in lab.bridges():
        sync = lab.bridge_status(bridge)["lastSync"]
        expect(f"flow and group changes sent to {bridge}", 0, sum(sync[change] for change in CHANGES))
    expect("vNICs that are known, each in the slot it had", 6, len(slots & slots_of(lab)))


def slots_of(lab):
    return {(guest.name, lab.vnic(guest)["slot"]) for guest in lab.guests()}


def is_active(lab, bridge):
    return lab.bridge_status(bridge)["state"] == "active"


def wait_for_answers(ping, number):
    """Until so many more requests have been answered."""
    goal = len(ping.answers()) + number
    wait_until(f"{number} echo requests are answered", lambda: len(ping.answers()) >= goal)
