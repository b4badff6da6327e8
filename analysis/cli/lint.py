"""What is typed by hand where data belong: numbers in chapters and captions, as findings of `report check`."""

from __future__ import annotations

from collections.abc import Iterator

from analysis import paths
from analysis.book.typed import in_chapters, typed_numbers
from analysis.catalogue import Finding, load, tables
from analysis.edition import available

_REMEDY = "Замените на вычисляемое выражение, а имя, дату акта или код внесите в data/codes/typed_numbers.csv с причиной."
_LISTED = {"names": ("name", "short", "gen", "dat", "loc"), "documents": ("text", "number"), "territories": ("name", "short", "gen", "dat", "loc"),
           "groups": ("id",), "specialties": ("id",), "typed_numbers": ("text",)}


def lint_chapters(editions: list[str] | None = None) -> list[Finding]:
    """Return a finding for every number typed by hand into a chapter, or into a caption or note of these editions.

    A digit may stand in a name, the date of an act or a code that the data list: `names`, `documents`,
    `territories`, `groups`, `specialties`, and whatever else `typed_numbers` gives with its reason.
    """
    editions = available() if editions is None else editions
    allowed = sorted({text for edition in editions or [None] for text in _allowed(edition)}, key=len, reverse=True)
    found = [
        Finding(one.file, one.line, f"ячейка {one.cell}" if one.cell else None, one.number, "число набрано руками", _REMEDY, rule="typed")
        for one in in_chapters(paths.project_root(), allowed)
    ]
    return found + [finding for edition in editions for finding in _captions(edition, allowed)]


def _captions(edition: str, allowed: list[str]) -> Iterator[Finding]:
    described = tables(edition).get("exhibits")
    if described is None:
        return
    for index, row in load("exhibits", edition).iterrows():
        for column in ("caption", "note"):
            for _, number in typed_numbers(row[column], allowed):
                yield Finding(described.label, int(index) + 2, column, number, "число набрано руками", _REMEDY, rule="typed")


def _allowed(edition: str | None) -> Iterator[str]:
    known = tables(edition)
    for name, columns in _LISTED.items():
        if name in known:
            rows = load(name, edition)
            for column in columns:
                yield from (text for text in rows[column] if any(character.isdigit() for character in text))
