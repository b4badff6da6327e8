"""Folders outside the project that go with the process: removed when it is done with them, or by the next one when it was killed."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis.errors import UsageError
from analysis.lock import take

PREFIX, LOCK = "spo-report-", ".lock"


@contextmanager
def folder() -> Iterator[Path]:
    """Give an empty folder with a short path, removed after the block.

    A lock file beside it, held as long as it is used, tells other processes that somebody is there: the system lets
    go of it when the process ends, in whatever way.

    Raises
    ------
    UsageError
        There is no folder for temporary files on this machine that can be written to.
    """
    handle, lock = _claimed()
    own = lock.with_suffix("")
    try:
        own.mkdir(mode=0o700)
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)
        os.close(handle)
        with suppress(OSError):
            lock.unlink()


def sweep() -> None:
    """Remove what processes that are gone left behind; what is in use stays, and whatever is not ours."""
    try:
        locks = list(_place().glob(f"{PREFIX}*{LOCK}"))
    except (OSError, UsageError):
        return
    for lock in locks:
        with suppress(OSError):
            if not _ours(lock, stat.S_ISREG):
                continue
            handle = os.open(lock, os.O_RDWR)
            try:
                take(handle)
                left = lock.with_suffix("")
                if _ours(left, stat.S_ISDIR):
                    shutil.rmtree(left, ignore_errors=True)
            finally:
                os.close(handle)
            if not left.exists():
                lock.unlink()


def _claimed() -> tuple[int, Path]:
    """Make a lock file and hold it."""
    while True:
        handle, name = tempfile.mkstemp(prefix=PREFIX, suffix=LOCK, dir=_place())
        try:
            take(handle)
            # A sweep may have come between, and removed the file that was not held yet.
            if os.path.samestat(os.fstat(handle), os.stat(name)):
                return handle, Path(name)
        except OSError:
            pass
        os.close(handle)


def _ours(path: Path, kind: object) -> bool:
    """Tell whether a thing is of a kind, and belongs to this user; a link is neither file nor folder."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    return kind(found.st_mode) and (os.name == "nt" or found.st_uid == os.geteuid())  # type: ignore[operator]


def _place() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        raise UsageError(
            "Временные файлы негде держать: ни в одну из папок для них нельзя записать. Освободите на диске место или назовите другую папку переменной TMPDIR."
        ) from error
