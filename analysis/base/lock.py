"""One at a time: a lock file that dies with its process."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis.base.errors import UsageError

if sys.platform == "win32":
    import msvcrt

    def take(handle: int) -> None:
        """Lock an open file for this process; raise OSError where another one holds it."""
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def take(handle: int) -> None:
        """Lock an open file for this process; raise OSError where another one holds it."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class BusyError(UsageError):
    """Another process holds the lock."""


@contextmanager
def locked(file: Path, busy: str) -> Iterator[None]:
    """Hold a lock file while the body runs.

    The operating system lets go of the lock when the process ends, in whatever
    way, so a killed process leaves nothing behind that would stop the next one.

    Parameters
    ----------
    file
        The lock file; made where it is not there.
    busy
        What to say when another process holds it.

    Raises
    ------
    BusyError
        Another process holds the lock.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_CREAT)
    try:
        try:
            take(handle)
        except OSError as error:
            raise BusyError(busy) from error
        yield
    finally:
        os.close(handle)
