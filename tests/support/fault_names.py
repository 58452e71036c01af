#!/usr/bin/python3
"""A name server for tests: every name is ADDRESS. Halted, it is one that does not answer.

Usage: fault_names.py LISTEN ADDRESS; prints "ready" when it listens on port 53 of LISTEN.
"""

import os
import socket
import struct
import sys

listen, address = sys.argv[1:]
door = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
door.bind((listen, 53))
os.write(1, b"ready\n")
while True:
    question, asker = door.recvfrom(512)
    end = question.index(b"\0", 12) + 5
    kind = struct.unpack(">H", question[end - 4:end - 2])[0]
    is_known = kind == 1  # A; there are no others
    head = question[:2] + struct.pack(">HHHHH", 0x8180, 1, int(is_known), 0, 0)
    answer = struct.pack(">HHHIH", 0xC00C, 1, 1, 0, 4) + socket.inet_aton(address)
    door.sendto(head + question[12:end] + (answer if is_known else b""), asker)
