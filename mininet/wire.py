"""Raw frames for a program that cannot open packet sockets itself: python3 wire.py INTERFACE...

Each line of standard input is a frame to send, each line of standard output one that has come in: INTERFACE HEX.
The first line is "ready"; it ends with its standard input.
"""

import os
import select
import sys

import frames

STDIN = 0


def main(interfaces):
    taps = {name: frames.Tap(name, None) for name in interfaces}
    names = {tap.socket: name for name, tap in taps.items()}
    print("ready", flush=True)
    rest = b""
    while True:
        readable, _, _ = select.select([STDIN, *names], [], [])
        for sock in readable:
            if sock != STDIN:
                print_waiting(names[sock], taps[names[sock]])
        sys.stdout.flush()
        if STDIN in readable:
            data = os.read(STDIN, 1 << 16)
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                name, octets = line.decode().split()
                taps[name].socket.send(bytes.fromhex(octets))


def print_waiting(name, tap):
    """All that waits, so that nothing which came before a marker is still there when the next marker comes."""
    try:
        while True:
            octets = tap.next_waiting()
            if octets:
                print(name, octets.hex())
    except BlockingIOError:
        return
    except OSError:
        return  # the interface went down: the socket says so once


main(sys.argv[1:])
