"""What the tests of the figures share: the edition, its figures, a hand to spoil a table with."""

from __future__ import annotations

from pathlib import Path

from analysis.show import figures

EDITION = "kemerovo-2021"
LOST = ["azot-model"]
EMPTY = ["graduates-map-15", "graduates-map-23", "outcomes-two-years"]
DRAWN = [name for name in figures.ids() if name not in EMPTY]
# Of these so little is known that a sentence says as much: a page shows no picture.
FEW = ["unemployed-spo", "informal", "wage-by-education"]
WIDTHS = (165, 130)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is not in {file.name} once"
    file.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


def row_of(file: Path, start: str) -> str:
    """Return the one line of a table that begins so."""
    found = [line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith(start)]
    assert len(found) == 1
    return found[0]
