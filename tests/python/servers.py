"""What the servers that tests start have in common."""

import ctypes
import random
import signal
import socket

PR_SET_PDEATHSIG = 1

#: Below those that a system hands out by itself: a server that asks for any port takes none of these.
PORTS = range(20_000, 30_000)


def free_port() -> int:
    """A port of this machine that nobody listens on, and that no program is given before we use it."""
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise OSError(f"no port of {PORTS.start} to {PORTS.stop - 1} is free")


def die_with_parent() -> None:
    """Ask the kernel to stop this process when the tests are killed; other systems have no such call."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except AttributeError:
        pass
