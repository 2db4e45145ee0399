"""The network stops, and takes back what it has announced."""

TITLE = "Unplugged"
INTRODUCTION = "Mininet stops. What it has announced goes with it, and the flows with that."


def play(lab, expect):
    lab.stop_network()
    for resource in ("vnics", "bridges", "port-groups"):
        expect(f"{resource} that the controller still has", 0, len(lab.rest.get(f"/{resource}")["items"]))
