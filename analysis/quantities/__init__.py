"""A number that knows its unit, the observations it comes from and how it was got from them.

| module | holds |
|---|---|
| `observation` | one cell of a table: what it says, where in the source it stands, its row in the published file |
| `formula` | how a number was got: a tree, symbolic as text |
| `units` | which units add, divide and convert |
| `quantity` | the number itself; arithmetic keeps unit, observations and formula |
| `text` | words for prose that remember the numbers they are made of |
| `years` | years and days that remember where they come from |
| `frames` | quantities in pandas: series, selections, sums |
| `reading` | formulas and observations in Russian words |
| `asked` | what a chapter showed, collected for cards, the appendix and the ledger (its docstring is the format) |
"""

from analysis.quantities.formula import Formula
from analysis.quantities.observation import Observation
from analysis.quantities.quantity import Quantity, counted, derived, mean, total
from analysis.quantities.text import Text, Wording, quoted
from analysis.quantities.units import PERCENT, POINTS, RATIO, YEAR
from analysis.quantities.years import Day, Year

__all__ = [
    "PERCENT",
    "POINTS",
    "RATIO",
    "YEAR",
    "Day",
    "Formula",
    "Observation",
    "Quantity",
    "Text",
    "Wording",
    "Year",
    "counted",
    "derived",
    "mean",
    "quoted",
    "total",
]
