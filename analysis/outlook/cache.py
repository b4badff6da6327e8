"""Results that take seconds, kept under `build/` as long as neither the data nor the methods change.

A file of the cache begins with a checksum of its name and of the rest; one that does not hold is made anew, whatever
happened to it.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from analysis.base import paths
from analysis.base.files.tables import plain_csv
from analysis.base.files.whole import write_whole


class NotKeptError(LookupError):
    """What was asked for is not kept from an earlier time."""


# Not empty while nothing may be made (`kept_only`).
_MAKES_NOTHING: list[bool] = []


def cached(name: str, make: Callable[[], pd.DataFrame], *given: pd.DataFrame | str | int) -> pd.DataFrame:
    """Return what `make` makes of what is given, from the last time where that was the same.

    Parameters
    ----------
    name : str
        Begins the name of the file.
    make : callable
        Its result must follow from `given` and the code of `analysis.forecast` alone.
    *given : pandas.DataFrame, str or int
        What the result follows from; another value of any of them makes another file.

    Returns
    -------
    pandas.DataFrame
        As read back from CSV, whether it was made now or before.

    Raises
    ------
    NotKeptError
        It would have to be made where nothing may be (`kept_only`).
    """
    digest = hashlib.sha256(methods().encode())
    for value in given:
        digest.update((plain_csv(value) if isinstance(value, pd.DataFrame) else str(value)).encode())
    file = paths.cache() / f"{name}-{digest.hexdigest()[:20]}.csv"
    content = _sound(file)
    if content is None and _MAKES_NOTHING:
        raise NotKeptError(name)
    if content is None:
        content = plain_csv(make()).encode("utf-8")
        # A desk whose folder cannot be written to computes anew each time.
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(_checksum(file, content) + content, file)
    # Read back in either case: the first time gives the same bits as every other.
    return pd.read_csv(io.BytesIO(content), keep_default_na=False, na_values=[""])


@contextmanager
def kept_only() -> Iterator[None]:
    """Have `cached` make nothing within the block.

    Raises
    ------
    NotKeptError
        From within, where something would have to be made.
    """
    _MAKES_NOTHING.append(True)
    try:
        yield
    finally:
        _MAKES_NOTHING.pop()


def _sound(file: Path) -> bytes | None:
    """Return what a file of the cache keeps; None where it is not there, not to be read, or not what was written."""
    try:
        # A pipe in its place would be waited for.
        head, content = file.read_bytes().split(b"\n", 1) if file.is_file() else (b"", b"")
    except (OSError, ValueError):
        return None
    return content if head + b"\n" == _checksum(file, content) else None


def _checksum(file: Path, content: bytes) -> bytes:
    """Return the first line of a file of the cache."""
    return f"sha256 {hashlib.sha256(file.name.encode() + content).hexdigest()}\n".encode()


@lru_cache(maxsize=1)
def methods() -> str:
    """Return the hash of everything a forecast is computed by."""
    digest = hashlib.sha256()
    for source in sorted(files("analysis.forecast").iterdir(), key=lambda file: file.name):
        if source.name.endswith((".py", ".json")):
            digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()
