"""The key numbers of a report at a glance: a plain table without a number of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.base import desk
from analysis.quantities import PERCENT, Quantity, Year
from analysis.quantities.absent import require_known
from analysis.quantities.formula import Gathered, Seen
from analysis.quantities.indicators import growth
from analysis.show.tables.layout import GAP, Cell, Grid, Row, heading
from analysis.show.wording import signed, with_unit


@dataclass(frozen=True)
class Glance:
    """Rows of «what, when, how much, change»."""

    grid: Grid

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, str]:
        markup = self.grid.html()
        markdown = f"::: {{.key-numbers}}\n\n```{{=html}}\n{markup}\n```\n\n:::"
        return {"text/markdown": markdown, "text/html": desk.framed(markup), "text/plain": "key numbers"}


def glance(rows: Sequence[tuple[str, Quantity, Quantity | None]]) -> Glance:
    """Return the key numbers.

    Parameters
    ----------
    rows : sequence of (name, value, value to compare with or None)
        The year of each value is taken from its observations; what is not known is left out.

    Raises
    ------
    GapError
        None is known.
    """
    known = [row for row in rows if not row[1].missing]
    if not known:
        require_known(*(value for _, value, _ in rows))
    body: list[Row] = [
        [heading(name), _year(new), Cell(with_unit(new), number=True), Cell(_change(new, old), number=True)]
        for name, new, old in known
    ]
    return Glance(Grid([["Показатель", "Год", "Значение", "Изменение"]], body, (58, 8, 17, 17)))


def _year(value: Quantity) -> str:
    """Return the latest year that a number rests on, as text that can be asked; the gap sign where none has a year."""
    dated = {seen.year: seen for seen in reversed(value.sources) if seen.year}
    if not dated:
        return GAP
    year = max(dated)
    return str(Year(year, Gathered("year", (Seen(dated[year]),)), (dated[year],)))


def _change(new: Quantity, old: Quantity | None) -> str:
    """Return percentage points for per cents, per cent for everything else, with what it is compared to.

    A balance below zero has no growth rate a reader could take up: its difference is given.
    """
    if old is None or old.missing:
        return "–"
    change = new - old if new.unit == PERCENT or min(new.value or 0, old.value or 0) < 0 else growth(new, old)
    return signed(change) + " к " + _year(old)
