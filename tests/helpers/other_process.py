"""Waits for what another process does."""

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path


def stored_whole(register: Path) -> int:
    """How many reports the register of a library holds whole."""
    if not register.is_file():
        return 0
    connection = sqlite3.connect(f"file:{register}?mode=ro", uri=True)
    try:
        row = connection.execute("select count(*) from reports where state = 'ready'").fetchone()
    except sqlite3.OperationalError:  # the tables are not there yet
        return 0
    finally:
        connection.close()
    return int(row[0])


def wait_until(reached: Callable[[], bool], seconds: float = 120) -> None:
    limit = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < limit, "it never came to that"
        time.sleep(0.005)
