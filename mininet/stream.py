"""A steady stream of frames: python3 stream.py INTERFACE FRAMES_A_SECOND HEX

The last four octets of each are its number, from 1 on. It ends with its standard input, and prints how many it has sent.
When it was held up it makes up for no more than one burst: the sockets that Open vSwitch receives from hold not many more.
"""

import os
import select
import struct
import sys
import time

import frames

STDIN = 0


def main(interface, rate, octets):
    tap = frames.Tap(interface, None)
    frame = bytearray.fromhex(octets)
    interval = 1 / int(rate)
    due = time.monotonic()
    number = 0
    while not select.select([STDIN], [], [], max(0.0, due - time.monotonic()))[0]:
        number += 1
        frame[-4:] = struct.pack("!I", number)
        tap.socket.send(frame)
        due = max(due + interval, time.monotonic() - frames.BURST * interval)
    os.read(STDIN, 1)
    print(number, flush=True)


main(*sys.argv[1:])
