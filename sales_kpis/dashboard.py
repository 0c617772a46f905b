"""Write the page of the published version again: all KPIs in one HTML file."""

import argparse
import time

import duckdb
import psycopg2

from .locking import Refused, lock
from .project import Settings
from .publish import place_of


def run(options: argparse.Namespace) -> int:
    """Write it and say where it is; 1 where nothing is published."""
    started = time.monotonic()
    try:
        target = Settings.of(options).target
        with lock(target):
            path = place_of(target).write_page()
    except (LookupError, Refused, OSError, duckdb.Error, psycopg2.Error) as error:
        print(error)
        return 1
    print(f"Page: {path} ({path.stat().st_size / 1e6:.1f} MB, {time.monotonic() - started:.1f} s)")
    return 0
