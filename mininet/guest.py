"""A guest that listens and says nothing by itself: python3 guest.py ADDRESS PORT GROUP

It receives UDP at the port, what is sent to the group included, by the interface with the address. The first line of standard
output is "ready"; it ends with its standard input. Its kernel answers for it, such as who is a member of what.
"""

import os
import select
import socket
import sys

STDIN = 0


def main(address, port, group):
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("", int(port)))
    membership = socket.inet_aton(group) + socket.inet_aton(address)
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
    print("ready", flush=True)
    while True:
        readable, _, _ = select.select([STDIN, sock], [], [])
        if sock in readable:
            sock.recv(65536)
        if STDIN in readable and not os.read(STDIN, 1 << 16):
            return


main(*sys.argv[1:])
