"""What a figure says in words: alternative text from the data, in whole Russian sentences."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.numerals import NBSP, decimal, with_symbol
from analysis.show.wording import agree, joined


def counted(number: int, noun: str, case: str = "nomn") -> str:
    """Return «6 территориям»: a number with its noun in the case asked."""
    return f"{number}{NBSP}{agree(number, noun, case)}"


def per_cent(value: float, digits: int = 1) -> str:
    return with_symbol(value, digits, "percent")


def extremes(report, values: pd.Series, digits: int = 1, unit: str = "percent") -> str:
    """Return «самое высокое значение – Красноярский край (58,9 %), самое низкое – …» of one year's values by territory."""
    known = values.dropna()
    top, bottom = known.idxmax(), known.idxmin()
    return (f"самое высокое значение – {report.territory(top).short} ({with_symbol(known[top], digits, unit)}), "
            f"самое низкое – {report.territory(bottom).short} ({with_symbol(known[bottom], digits, unit)})")


def series_alt(report, subject: str, values: pd.DataFrame, new_series: Sequence[int], digits: int = 1, unit: str = "percent") -> str:
    """Describe a chart of several lines: who leads in the report's year, how the region went, where the series break."""
    year, region = report.edition.year, report.edition.region
    own = values[region].dropna()
    first = own.index[0]
    said = [
        f"{subject}, линейный график по {counted(values.shape[1], 'территория', 'datv')} за {values.index[0]}–{values.index[-1]} годы.",
        f"В {year} году {extremes(report, values.loc[year], digits, unit)}.",
        f"{report.territory(region).short}: {with_symbol(own[first], digits, unit)} в {first} году, "
        f"{with_symbol(own[year], digits, unit)} в {year} году.",
    ]
    if new_series:
        said.append(f"Ряд прерван: новые ряды начинаются с {joined([str(y) for y in new_series])} года.")
    return " ".join(said)
