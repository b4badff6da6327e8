"""One file, written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from analysis.base import scratch


def write_whole(content: str | bytes, file: Path) -> None:
    """Write a file so that at every moment it is the old one or the new one.

    The content is laid beside it, brought to the disk and put in its place in one step; where that fails nothing is
    left behind, and what a killed process leaves the next command sweeps (`analysis.base.scratch`). A file that is
    replaced keeps its permissions; a link is replaced itself, not what it leads to.

    Parameters
    ----------
    content
        Text is written as UTF-8, line ends as they are.

    Raises
    ------
    OSError
        The system refuses; the old file is as it was.
    """
    with scratch.part(file) as beside:
        # A name that is taken already is somebody else's.
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode("utf-8") if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        if file.exists():
            os.chmod(beside, file.stat().st_mode & 0o777)  # noqa: PTH101 - tests stand at this call
        os.replace(beside, file)  # noqa: PTH105 - tests stand at this call
    with suppress(OSError):
        sync(file.parent)


def probe(folder: Path) -> None:
    """See that a file can be made in a folder.

    Raises
    ------
    OSError
        It cannot.
    """
    with scratch.part(folder / "probe") as beside:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))


def sync(folder: Path) -> None:
    """Make renames in a folder last through a loss of power, where the system can."""
    if os.name == "nt" or not folder.is_dir():
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
