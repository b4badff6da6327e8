"""Words about what was read: counts, lists, why a value is missing."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.base.russian import shortened

_MISSING = {
    "": "Ячейка публикации пуста.",
    "…": "Многоточие в публикации: данных нет.",
    "-": "Прочерк в публикации: явления нет.",
}
_DASHES = "‐‑‒–—−─"


def counted(number: int) -> str:
    """Return «21 наблюдение»."""
    tens, ones = number % 100, number % 10
    word = "наблюдений" if 10 < tens < 20 or ones in (0, 5, 6, 7, 8, 9) else "наблюдение" if ones == 1 else "наблюдения"
    return f"{number} {word}"


def listed(names: Iterable[str]) -> str:
    """Return the first names in quotes and how many there are besides."""
    said = [f"«{name}»" for name in names]
    return shortened(said, 3)


def first_of(counts: Iterable[str]) -> str:
    """Return the first sheets and how many there are besides."""
    return shortened(list(counts), 3)


def why_missing(mark: str) -> str:
    """Return what the mark in place of a number says: a dash, an ellipsis, an empty cell, anything else."""
    plain = mark.strip().translate(str.maketrans(_DASHES, "-" * len(_DASHES)))
    plain = "…" if plain and not plain.strip(".…") else plain
    return _MISSING.get(plain, f"В публикации вместо числа «{mark}».")
