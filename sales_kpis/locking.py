"""One build at a time."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from .project import target_folder
from .published_schema import build_lock


class Refused(Exception):
    """What was asked for stops here, and nothing new is published: the reason, for the user."""


@contextmanager
def lock(target: str) -> Iterator[None]:
    """Hold the project's lock, and on PostgreSQL the database's; they end with the process, whatever ends that.

    Raises Refused, that says who holds it, and psycopg2.Error where the database cannot be reached.
    """
    with project_lock():
        if target != "postgres":
            yield
            return
        with build_lock(f"sales_kpis, process {os.getpid()} on {socket.gethostname()}"[:63]) as holder:
            if holder:
                raise Refused(f"Another build is running on this database: {holder}.")
            yield


@contextmanager
def project_lock() -> Iterator[None]:
    """Hold the lock of the project's target folder. Raises Refused, that says who holds it."""
    path = target_folder() / "build.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Refused(f"Another build is running: {file.read()}.") from None
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()} since {datetime.now():%Y-%m-%d %H:%M:%S}")
        file.flush()
        yield
