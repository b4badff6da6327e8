"""The one sentence a file is refused with."""

from __future__ import annotations

from pathlib import Path

from analysis.errors import DataError


def refusal(path: Path, wrong: str, remedy: str) -> DataError:
    """Return the error «Файл «…» – what is wrong: what to do.»"""
    return DataError(f"Файл «{path.name}» {wrong}: {remedy}.")


def named(cells: list[str], most: int) -> str:
    """Return cells in words: «B2, B3 и ещё 7»."""
    rest = len(cells) - most
    return ", ".join(cells[:most]) + (f" и ещё {rest}" if rest > 0 else "")
