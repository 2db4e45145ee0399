"""A guest's program, which does what each line of standard input says, and answers each with a line:

    join GROUP DEVICE                 be a member of a multicast group, IPv4 or IPv6, until told to leave
    leave GROUP DEVICE
    filter DEVICE...                  answers the multicast MACs that the devices' receive filters have
    groups DEVICE                     answers the IPv6 groups that the device is a member of
    send DEVICE HEX                   a raw frame
    flood DEVICE RATE SECONDS HEX     so many raw frames a second; answers how many, and in how many seconds
"""

import ipaddress
import socket
import struct
import sys
import time

BURST = 50  # frames between two looks at the clock
members = {}


def join(group, device):
    members[group, device] = member = socket.socket(family(group), socket.SOCK_DGRAM)
    index = socket.if_nametoindex(device)
    octets = ipaddress.ip_address(group).packed
    if member.family == socket.AF_INET:
        request = struct.pack("=4s4si", octets, bytes(4), index)
        member.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, request)
    else:
        request = struct.pack("=16si", octets, index)
        member.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, request)


def family(group):
    return socket.AF_INET if ipaddress.ip_address(group).version == 4 else socket.AF_INET6


def leave(group, device):
    members.pop((group, device)).close()


def filtered(*devices):
    with open("/proc/net/dev_mcast", encoding="ascii") as lines:
        entries = [line.split() for line in lines]
    return " ".join(bytes.fromhex(entry[4]).hex(":") for entry in entries if entry[1] in devices)


def groups(device):
    with open("/proc/net/igmp6", encoding="ascii") as lines:
        entries = [line.split() for line in lines]
    return " ".join(str(ipaddress.ip_address(bytes.fromhex(entry[2]))) for entry in entries if entry[1] == device)


def raw(device):
    opened = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    opened.bind((device, 0))
    return opened


def send(device, octets):
    with raw(device) as out:
        out.send(bytes.fromhex(octets))


def flood(device, rate, seconds, octets):
    frame = bytes.fromhex(octets)
    sent, start = 0, time.monotonic()
    with raw(device) as out:
        while (now := time.monotonic() - start) < float(seconds):
            if sent > now * float(rate):
                time.sleep(0.001)
                continue
            for _ in range(BURST):
                out.send(frame)
            sent += BURST
    return f"{sent} {time.monotonic() - start:.3f}"


COMMANDS = {"join": join, "leave": leave, "filter": filtered, "groups": groups, "send": send, "flood": flood}

for line in sys.stdin:
    command, *arguments = line.split()
    print(COMMANDS[command](*arguments) or "done", flush=True)
