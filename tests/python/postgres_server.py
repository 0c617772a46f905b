"""A PostgreSQL server of the tests' own: a free port, a folder of its own, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from servers import die_with_parent, free_port

USER = "sales_kpis_tests"
DATABASE = "sales_kpis"
INSTALL = "install PostgreSQL, on Debian `apt-get install postgresql`"


class NoServer(Exception):
    """No server can be started here; the message says what to install."""


def programs() -> Path:
    """The folder with initdb and postgres: on the path, or where Debian keeps them."""
    places = [Path(place) for place in os.environ.get("PATH", "").split(os.pathsep)]
    debian = Path("/usr/lib/postgresql")
    places += sorted(debian.glob("*/bin"), key=lambda place: -float(place.parent.name))
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise NoServer(f"PostgreSQL's initdb and postgres are not on the path: {INSTALL}")


def unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as somebody else."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise NoServer("PostgreSQL does not run as root, and there is no user postgres or nobody")


@contextmanager
def postgres_server() -> Iterator[dict[str, str]]:
    """Start a server and create a database; yields the environment in which clients find it.

    Errors: NoServer, where the programs are missing.
    """
    binaries, user = programs(), unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="sales_kpis_postgres_"))
    try:
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        subprocess.run(
            [binaries / "initdb", "--pgdata", data, "--username", USER, "--auth", "trust"]
            + ["--encoding", "UTF8", "--locale", "C", "--no-sync"],
            user=user,
            cwd=folder,
            check=True,
            capture_output=True,
        )
        port = free_port()
        environment = {
            "PGHOST": "127.0.0.1",
            "PGPORT": str(port),
            "PGUSER": USER,
            "PGDATABASE": DATABASE,
        }
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "shared_buffers": "256MB",
            "work_mem": "64MB",
        }
        log = (folder / "log").open("wb")
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-p", str(port)]
            + [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")],
            user=user,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent,
        )
        try:
            create_database(environment, server, folder / "log")
            yield environment
        finally:
            server.send_signal(signal.SIGINT)
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
            log.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_database(environment: dict[str, str], server: subprocess.Popen, log: Path) -> None:
    import psycopg2

    for _ in range(300):
        if server.poll() is not None:
            raise NoServer(f"PostgreSQL did not start: {log.read_text(errors='replace')}")
        try:
            connection = psycopg2.connect(
                host=environment["PGHOST"],
                port=environment["PGPORT"],
                user=environment["PGUSER"],
                dbname="postgres",
            )
            break
        except psycopg2.OperationalError:
            time.sleep(0.1)
    else:
        raise NoServer("PostgreSQL does not answer after 30 seconds")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"create database {DATABASE}")
    connection.close()
