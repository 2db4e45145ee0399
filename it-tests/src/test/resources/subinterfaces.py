"""VLAN subinterfaces for a kernel that has none: python3 subinterfaces.py CARD DEVICE:VLAN...

What leaves the other end of each DEVICE, a veth, leaves by the card with the tag of its VLAN, and what comes in by the card
with that tag comes out of the DEVICE without it. The first line of output is "ready"; it ends with its standard input.
"""

import select
import struct
import sys

from frames import DOT1Q, Tap

ADDRESSES = 12


def main(card, *devices):
    trunk = Tap(card, None)
    vlans = {}
    for device in devices:
        name, vlan = device.split(":")
        vlans[int(vlan)] = Tap(name, None)
    print("ready", flush=True)
    while True:
        readable, _, _ = select.select([sys.stdin, trunk.socket, *(tap.socket for tap in vlans.values())], [], [])
        if sys.stdin in readable:
            return
        if trunk.socket in readable:
            untag(trunk.next_waiting(), vlans)
        for vlan, tap in vlans.items():
            if tap.socket in readable and (octets := tap.next_waiting()):
                trunk.socket.send(octets[:ADDRESSES] + struct.pack("!HH", DOT1Q, vlan) + octets[ADDRESSES:])


def untag(octets, vlans):
    if octets and int.from_bytes(octets[12:14], "big") == DOT1Q:
        vlan = int.from_bytes(octets[14:16], "big") & 0xFFF
        if vlan in vlans:
            vlans[vlan].socket.send(octets[:ADDRESSES] + octets[ADDRESSES + 4 :])


main(*sys.argv[1:])
