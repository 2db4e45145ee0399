"""A multicast stream in a Mininet network: a machine that sends it, a guest that is a member of its group and receives."""

import subprocess
import sys

PORT = 5004
SEND = """
import itertools, socket, sys, time
out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(sys.argv[1]))
for number in itertools.count(1):
    out.sendto(b"%d" % number, (sys.argv[2], int(sys.argv[3])))
    time.sleep(0.01)
"""
RECEIVE = """
import socket, sys
received = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
received.bind((sys.argv[2], int(sys.argv[3])))
membership = socket.inet_aton(sys.argv[2]) + socket.inet_aton(sys.argv[1])
received.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
while True:
    print(received.recv(100).decode(), flush=True)
"""


class Stream:
    """A hundred datagrams a second from one Mininet host to a group, which another one is a member of, until stopped."""

    def __init__(self, sender, receiver, group, output):
        self.output = output
        with open(output, "wb") as file:
            self.receiver = start(receiver, RECEIVE, group, stdout=file)
        self.sender = start(sender, SEND, group, stdout=subprocess.DEVNULL)

    def stop(self):
        for process in (self.sender, self.receiver):
            process.terminate()
            process.wait()

    def received(self):
        """How many datagrams so far."""
        return len(self.output.read_text().splitlines())


def start(host, program, group, stdout):
    return host.popen([sys.executable, "-c", program, host.IP(), group, str(PORT)], stdout=stdout)
