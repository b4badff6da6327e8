"""Results under a name that says what they follow from, believed only where they are what was stored."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from analysis.base.files.whole import write_whole


def stored(file: Path) -> bytes | None:
    """Return what a file holds; None where it is not there, not to be read, or not what was stored under its name."""
    try:
        # A pipe in its place would be waited for.
        head, content = file.read_bytes().split(b"\n", 1) if file.is_file() else (b"", b"")
    except (OSError, ValueError):
        return None
    return content if head + b"\n" == _checksum(file, content) else None


def store(content: bytes, file: Path) -> None:
    """Store a result; a desk whose folder cannot be written to makes it anew each time."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(_checksum(file, content) + content, file)


def used(file: Path) -> None:
    """Note that a result was of use just now, for `keep_latest`."""
    with suppress(OSError):
        os.utime(file)


def keep_latest(folder: Path, most: int) -> None:
    """Remove all files of a folder but those that were of use last."""
    with suppress(OSError):
        files = sorted(folder.iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[most:]:
            file.unlink()


def _checksum(file: Path, content: bytes) -> bytes:
    """Return the first line of a file."""
    return f"sha256 {hashlib.sha256(file.name.encode() + content).hexdigest()}\n".encode()
