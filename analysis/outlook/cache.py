"""Results that take seconds, kept under `build/` as long as neither the data nor the methods change.

One that is not what was stored is made anew, whatever happened to it (`analysis.base.files.stored`).
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files

import pandas as pd

from analysis.base import paths
from analysis.base.files.stored import store, stored
from analysis.base.files.tables import plain_csv


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
    content = stored(file)
    if content is None and _MAKES_NOTHING:
        raise NotKeptError(name)
    if content is None:
        content = plain_csv(make()).encode("utf-8")
        store(content, file)
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


@lru_cache(maxsize=1)
def methods() -> str:
    """Return the hash of everything a forecast is computed by."""
    digest = hashlib.sha256()
    for source in sorted(files("analysis.forecast").iterdir(), key=lambda file: file.name):
        if source.name.endswith((".py", ".json")):
            digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()
