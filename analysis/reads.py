"""Which files of the project were read: noted where they are opened, asked for by the record of a build."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analysis import paths

# The last list is the innermost that listens; the first one listens from the start of the process.
_listening: list[dict[str, None]] = [{}]


def note(file: Path) -> Path:
    """Note that a file is read, and return it."""
    root = paths.project_root()
    name = file.relative_to(root).as_posix() if file.is_relative_to(root) else file.as_posix()
    for names in _listening:
        names[name] = None
    return file


@contextmanager
def noted() -> Iterator[dict[str, None]]:
    """Give a dictionary whose keys are the files read within the block, relative to the project, in the order of reading."""
    names: dict[str, None] = {}
    _listening.append(names)
    try:
        yield names
    finally:
        _listening.pop()


def listed() -> list[str]:
    """Return the files read so far, relative to the project, sorted."""
    return sorted(_listening[0])
