"""Namespaces of the demo's own: what it starts cannot reach the machine's network, and none of it outlives the demo."""

import ctypes
import os
import shutil
import signal
import subprocess
import tempfile
import traceback

CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET = 0x00020000, 0x20000000, 0x40000000
PR_SET_PDEATHSIG = 1
FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

libc = ctypes.CDLL(None, use_errno=True)


def play(body, keep):
    """Runs body(directory, done) in a child process and returns its exit status.

    body calls done(status) when the story is told. With keep, it may then go on for as long as it likes, in the machine's
    own namespaces. Without, it runs in a network, a process and a mount namespace of its own, with its directory in
    memory, and the kernel ends with the child all that is left of it, even when we are killed.
    """
    directory = tempfile.mkdtemp(prefix="plugboard-demo-")
    told, tell = os.pipe()
    if not keep:
        check(libc.unshare(CLONE_NEWPID), "unshare")  # for the child to come
    child = os.fork()
    if child == 0:
        os.close(told)
        os.setsid()  # our parent alone hears the terminal's Ctrl-C, and passes it on
        status = 1
        try:
            if not keep:
                furnish(directory)
            body(directory, lambda status: os.write(tell, bytes([status])))
            status = 0
        except BrokenPipeError:
            pass  # with keep, our parent has long gone when the end is reported
        except BaseException:
            traceback.print_exc()
        finally:
            if keep:
                shutil.rmtree(directory, ignore_errors=True)
            os._exit(status)
    os.close(tell)
    for number in FORWARDED:
        signal.signal(number, lambda received, _: os.kill(child, received))
    status = os.read(told, 1)
    if not keep:
        os.waitpid(child, 0)
        shutil.rmtree(directory, ignore_errors=True)
    return status[0] if status else 1


def furnish(directory):
    check(libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL), "prctl")
    check(libc.unshare(CLONE_NEWNS | CLONE_NEWNET), "unshare")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    subprocess.run(["mount", "-t", "proc", "proc", "/proc"], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", directory], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def check(result, call):
    if result != 0:
        raise OSError(ctypes.get_errno(), f"{call}: {os.strerror(ctypes.get_errno())}")
