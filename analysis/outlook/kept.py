"""Results that take seconds, kept under `build/` as long as neither the data nor the methods change."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import pandas as pd

from analysis import paths


def kept(name: str, make: Callable[[], pd.DataFrame], *given: pd.DataFrame | str | int) -> pd.DataFrame:
    """Return what `make` makes of what is given, from the last time where that was the same.

    Parameters
    ----------
    name : str
        Begins the name of the file.
    make : callable
        Its result must follow from `given` and the code of `analysis.forecast` alone.
    """
    digest = hashlib.sha256(methods().encode())
    for one in given:
        digest.update((one.to_csv(index=False) if isinstance(one, pd.DataFrame) else str(one)).encode())
    file = paths.cache() / f"{name}-{digest.hexdigest()[:20]}.csv"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        text = make().to_csv(index=False, lineterminator="\n")
        # A desk whose folder cannot be written to computes anew each time.
        with suppress(OSError):
            _write(text, file)
    # Read back in either case: the first time gives the same bits as every other.
    return pd.read_csv(io.StringIO(text), keep_default_na=False, na_values=[""])


def _write(text: str, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    os.replace(name, file)


@lru_cache(maxsize=1)
def methods() -> str:
    """Return the hash of everything a forecast is computed by."""
    digest = hashlib.sha256()
    for source in sorted(files("analysis.forecast").iterdir(), key=lambda one: one.name):
        if source.name.endswith((".py", ".json")):
            digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()
