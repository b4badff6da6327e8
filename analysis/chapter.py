"""Everything a chapter calls, under the shortest names: `from analysis.chapter import *`."""

from analysis.indicators import gap, growth, highest, index, lowest, mean, ordered, rank, share, total
from analysis.quantities import Quantity, counted
from analysis.report import open_report
from analysis.show.wording import (
    capital, choose, count, date, higher, joined, more, num, pct, pp, signed, size, span, times, with_unit,
)

__all__ = [
    "capital", "checked", "choose", "count", "counted", "date", "gap", "growth", "higher", "highest", "index", "joined",
    "lowest", "mean", "more", "num", "open_report", "ordered", "pct", "pp", "rank", "share", "signed", "size", "span",
    "times", "total", "with_unit",
]


def checked(*quantities: Quantity) -> None:
    """Print key numbers one to a line, for the notebook's own check of its stored output."""
    for quantity in quantities:
        print(f"{quantity.formula} = {with_unit(quantity).replace(chr(0xA0), ' ')}")
