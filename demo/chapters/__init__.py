"""The chapters, in the order in which they are told.

A chapter is a module with a TITLE, an INTRODUCTION, and play(lab, expect): expect(what, expected, seen) prints one line
of it. It leaves the lab as it found it: six guests, active, in VLAN 100.
"""

from . import controller_killed, flooding, forgery, known_addresses, migration, multicast, promiscuous, reflection

CHAPTERS = (known_addresses, flooding, forgery, reflection, promiscuous, multicast, controller_killed, migration)
