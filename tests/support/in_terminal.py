"""Runs a program in a terminal of its own and types into it.

usage: in_terminal.py COLUMNS PROGRAM [ARGUMENT...]
Standard input: one JSON line for each step, {"until": "text to wait for", "type": "keys"}.
Standard output: one JSON object: what was shown, the exit code, and whether the terminal
was left as it was found (echo, whole lines, cursor shown).
"""
import fcntl
import json
import os
import pty
import select
import struct
import sys
import termios
import time

STEP_SECONDS = 15


def main():
    columns, command = int(sys.argv[1]), sys.argv[2:]
    steps = [json.loads(line) for line in sys.stdin]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    size = struct.pack("HHHH", 24 if columns else 0, columns, 0, 0)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, size)
    shown = b""
    missing = None
    for step in steps:
        part = read_until(terminal, step["until"].encode())
        shown += part
        if step["until"].encode() not in part:
            missing = step["until"]
            os.kill(pid, 9)
            break
        os.write(terminal, step["type"].encode())
    flags = termios.tcgetattr(terminal)[3]
    shown += read_until(terminal, None)
    flags = last_flags(terminal, flags)
    if not has_ended(pid):
        missing = missing or "the end"
        os.kill(pid, 9)
    _, status = os.waitpid(pid, 0)
    text = shown.decode(errors="replace")
    print(json.dumps({
        "shown": text,
        "code": os.waitstatus_to_exitcode(status),
        "missing": missing,
        "isRestored": bool(flags & termios.ECHO and flags & termios.ICANON)
        and text.rfind("\x1b[?25h") >= text.rfind("\x1b[?25l"),
    }))


def read_until(terminal, text):
    """What is shown until `text` is, or to the program's end; at most STEP_SECONDS."""
    got = b""
    end = time.monotonic() + STEP_SECONDS
    while time.monotonic() < end and (text is None or text not in got):
        if not select.select([terminal], [], [], 0.1)[0]:
            continue
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        if not part:
            break
        got += part
    return got


def has_ended(pid):
    end = time.monotonic() + 2
    while time.monotonic() < end:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return True
        time.sleep(0.02)
    return False


def last_flags(terminal, before):
    try:
        return termios.tcgetattr(terminal)[3]
    except termios.error:
        return before


main()
