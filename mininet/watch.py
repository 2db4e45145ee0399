"""What passes network devices, and when: python3 watch.py INTERFACE...

Each line of standard output is a frame: NANOSECONDS INTERFACE in|out HEX, by the kernel's clock, "out" being what leaves by
the device. The first line is "ready"; it ends with its standard input.
"""

import os
import select
import socket
import struct
import sys

import frames

STDIN = 0
SO_TIMESTAMPNS = 35
TIMESPEC = struct.Struct("=qq")


def main(interfaces):
    taps = {name: frames.Tap(name, None, both_ways=True) for name in interfaces}
    for tap in taps.values():
        tap.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    names = {tap.socket: name for name, tap in taps.items()}
    print("ready", flush=True)
    while True:
        readable, _, _ = select.select([STDIN, *names], [], [])
        for sock in readable:
            if sock != STDIN:
                print_waiting(names[sock], sock)
        sys.stdout.flush()
        if STDIN in readable and not os.read(STDIN, 1 << 16):
            return


def print_waiting(name, sock):
    space = socket.CMSG_SPACE(frames.AUXDATA.size) + socket.CMSG_SPACE(TIMESPEC.size)
    try:
        while True:
            data, ancillary, _, address = sock.recvmsg(65536, space, socket.MSG_DONTWAIT)
            way = "out" if address[2] == socket.PACKET_OUTGOING else "in"
            print(nanoseconds(ancillary), name, way, frames.whole(data, ancillary).hex())
    except BlockingIOError:
        return
    except OSError:
        return  # the interface went down: the socket says so once


def nanoseconds(ancillary):
    for level, kind, value in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS):
            seconds, rest = TIMESPEC.unpack(value[: TIMESPEC.size])
            return seconds * 1_000_000_000 + rest
    raise ValueError("a frame without a time")


main(sys.argv[1:])
