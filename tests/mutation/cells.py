"""Cells of the edition's tables: choosing some, changing them in a copy of the data."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from analysis.catalogue import tables
from analysis.editions.edition import read_edition

EDITION = "kemerovo-2021"


@dataclass(frozen=True)
class Cell:
    """The value of one observation, before and after."""

    file: str
    row: int
    key: str
    before: str
    after: str

    @property
    def address(self) -> str:
        return f"{self.file}#{self.row}"

    def __str__(self) -> str:
        return f"{self.key} ({self.address}): {self.before} → {self.after}"


def known(root: Path, own: bool) -> dict[str, list[Cell]]:
    """Return the cells that hold a number, by file: of the edition's own tables, or of series those it may speak of."""
    found, edition = {}, read_edition(EDITION)
    years = {str(year) for year in range(edition.year - 2, edition.year + 2)}
    for table in tables(EDITION).values():
        if table.holds_observations and ("editions" in table.label) == own:
            rows = csv.DictReader(io.StringIO((root / table.label).read_text(encoding="utf-8-sig")))
            cells = [
                _cell(table.label, place, row)
                for place, row in enumerate(rows, start=2)
                if row["value"]
                and (own or (row["year"] in years and row["territory"] in (*edition.territories, "russia-sum")))
            ]
            if cells:
                found[table.label] = cells
    return found


def some(by_file: dict[str, list[Cell]], number: int, seed: int) -> list[Cell]:
    """Return so many cells by chance, of every file as many as of any other as far as it has them."""
    chance = random.Random(seed)  # noqa: S311 - a sample to test, drawn anew from its seed
    left = {file: chance.sample(cells, len(cells)) for file, cells in sorted(by_file.items())}
    chosen: list[Cell] = []
    while len(chosen) < number and left:
        for file in chance.sample(sorted(left), len(left)):
            if len(chosen) < number:
                chosen.append(left[file].pop())
            if not left[file]:
                del left[file]
    return chosen


def change(root: Path, cells: Iterable[Cell]) -> None:
    """Write the new values of cells into the tables."""
    _write(root, ((cell, cell.after) for cell in cells))


def restore(root: Path, cells: Iterable[Cell]) -> None:
    _write(root, ((cell, cell.before) for cell in cells))


def _write(root: Path, values: Iterable[tuple[Cell, str]]) -> None:
    for cell, value in values:
        file = root / cell.file
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        rows[cell.row - 1][rows[0].index("value")] = value
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(rows)
        file.write_text(out.getvalue(), encoding="utf-8")


def _cell(file: str, place: int, row: dict[str, str]) -> Cell:
    key = ", ".join(row[name] for name in ("indicator", "territory", "category", "year") if row[name])
    return Cell(file, place, key, row["value"], _changed(row["value"]))


def _changed(value: str) -> str:
    """Return a number a third and more above, with the same decimals: no rounding in print hides it."""
    number = Decimal(value)
    unit = Decimal(1).scaleb(number.as_tuple().exponent)
    after = (number * Decimal("1.37")).quantize(unit)
    return str(after if abs(after - number) >= unit else number + unit)
