"""The one sentence a file is refused with."""

from __future__ import annotations

from pathlib import Path

from analysis.base.errors import DataError


def refusal(path: Path, wrong: str, remedy: str) -> DataError:
    """Return the error «Файл «…» – what is wrong: what to do.»"""
    return DataError(f"Файл «{path.name}» {wrong}: {remedy}.")
