"""What goes with the process: removed when it is done with it, or by the next one when it was killed.

That are folders outside the project, and files that are made beside the one whose place they are to take.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from analysis.base.errors import UsageError
from analysis.base.lock import take

PREFIX, LOCK = "spo-report-", ".lock"
# A file that is being made; a name nobody else would choose, so that no other file is ever taken for one.
_PART = re.compile(r"\.report-[0-9a-f]{16}\.part")
_LONGEST = 1 << 16  # bytes of a path


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


@contextmanager
def part(file: Path) -> Iterator[Path]:
    """Give a new name beside a file, for what is to take its place; what stands under it after the block is removed.

    Only its name is told where folders for temporary files are: where there are none the file is made all the same.
    """
    beside = file.with_name(f".report-{secrets.token_hex(8)}.part")
    handle = lock = None
    try:
        with suppress(OSError, UsageError):
            handle, lock = _claimed()
            os.write(handle, os.fsencode(beside.absolute()))
        yield beside
    finally:
        beside.unlink(missing_ok=True)
        if handle is not None and lock is not None:
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
        with suppress(OSError, ValueError):
            if not _ours(lock, stat.S_ISREG):
                continue
            handle = os.open(lock, os.O_RDWR)
            try:
                take(handle)
                left = lock.with_suffix("")
                if _ours(left, stat.S_ISDIR):
                    shutil.rmtree(left, ignore_errors=True)
                begun = Path(os.fsdecode(os.read(handle, _LONGEST)))
                if _PART.fullmatch(begun.name) and _ours(begun, stat.S_ISREG):
                    begun.unlink()
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
            if os.path.samestat(os.fstat(handle), Path(name).stat()):
                return handle, Path(name)
        except OSError:
            pass
        os.close(handle)


def _ours(path: Path, kind: Callable[[int], bool]) -> bool:
    """Tell whether a thing is of a kind, and belongs to this user; a link is neither file nor folder."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return False
    return kind(found.st_mode) and (os.name == "nt" or found.st_uid == os.geteuid())


def _place() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as error:
        raise UsageError(
            "Временные файлы негде держать: ни в одну из папок для них нельзя записать. Освободите на диске место или"
            " назовите другую папку переменной TMPDIR."
        ) from error
